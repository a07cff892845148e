#!/usr/bin/env bash
# Stands for ksherproof in the test: the first reduce kills the Spark executor that runs it (once: $LOST is left behind).
if [[ "$2" == reduce ]] && mkdir "$LOST" 2>/dev/null; then
  pid=$$
  while ! tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q CoarseGrainedExecutorBackend; do
    pid=$(awk '{print $4}' "/proc/$pid/stat")
  done
  kill -9 "$pid"
fi
exec node "$KSHERPROOF" "$@"
