"""Audits logs on a Spark cluster: records where the bytes are read, orders where they are shuffled to.

    spark-submit deploy/spark/audit_job.py --out REPORT [--tasks N] [--ksherproof CMD] -- --key ksher-v1 /shared/logs/*.jsonl

What stands behind `--` goes to `ksherproof audit map` as it is. Every executor needs Node 20.19 or later, ksherproof, and the
keys and logs under the same absolute paths. Each task reads one shard of the logs itself, by bytes: a line of a log need not
be text for it to be judged. A task that is lost is run again, and gives the same lines. REPORT.json is what `audit --json`
prints, and REPORT.jsonl holds the findings: line for line those of one machine, in another order. The exit code is 0 where
both are written, whatever was found; 3 where a command failed on the cluster, with what it said.
"""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import zlib

from pyspark import SparkConf, SparkContext, StorageLevel

FAILED = "a command failed: "


def run(command, lines=(), good=(0,)):
    """The lines that a command prints, one after the other. Its input comes from a file: a pipe could block both ends."""
    with tempfile.TemporaryFile("w+b") as given, tempfile.TemporaryFile("w+b") as said:
        for line in lines:
            given.write(line.encode() + b"\n")
        given.seek(0)
        printed = False
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=said) as process:
            for line in process.stdout:
                printed = True
                yield line.decode().rstrip("\n")
        if process.returncode not in good or not printed:
            said.seek(0)
            words = " ".join(said.read().decode(errors="replace").split())
            raise RuntimeError(f"{FAILED}{shlex.join(command)} ended with {process.returncode}: {words[-1000:]}")


def group_of(line):
    """What facts are shuffled by: an order of a merchant, or a nonce of one."""
    return zlib.crc32(json.loads(line)["group"].encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--tasks", type=int, default=0, help="shards and reducers; 0: twice the cluster's cores")
    parser.add_argument("--ksherproof", default="ksherproof")
    parser.add_argument("map_arguments", nargs="+")
    options = parser.parse_args()
    audit = [*shlex.split(options.ksherproof), "audit"]

    context = SparkContext.getOrCreate(SparkConf().setAppName("ksherproof audit"))
    tasks = options.tasks or 2 * context.defaultParallelism
    shard_of = lambda i: run([*audit, "map", "--shard", f"{i}/{tasks}", *options.map_arguments])
    lines = context.parallelize(range(1, tasks + 1), tasks).flatMap(shard_of).persist(StorageLevel.DISK_ONLY)
    is_fact = lambda line: line.startswith('{"type":"fact"')
    orders = lines.filter(is_fact).keyBy(group_of).partitionBy(tasks).values()
    judged = orders.mapPartitions(lambda facts: run([*audit, "reduce", "--partial"], facts))
    rest = lines.filter(lambda line: not is_fact(line))

    findings = f"{options.out}.jsonl"
    reduce = [*audit, "reduce", "--json", "--findings", findings]
    try:  # 1: there are findings; 3: an input can't be read to its end, which the report says
        report = "\n".join(run(reduce, rest.union(judged).toLocalIterator(), good=(0, 1, 3)))
    except Exception as cause:  # of an executor it comes with Java's stack and Python's in its text
        line = next((line for line in str(cause).splitlines() if FAILED in line), str(cause))
        print(f"ksherproof on Spark: {line.partition(FAILED)[2] or line}", file=sys.stderr)
        sys.exit(3)
    context.stop()
    with open(f"{options.out}.json", "w", encoding="utf-8") as file:
        file.write(report + "\n")
    totals = json.loads(report)
    print(f"{totals['records']['total']} records, findings in {os.path.abspath(findings)}", file=sys.stderr)


if __name__ == "__main__":
    main()
