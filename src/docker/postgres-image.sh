#!/usr/bin/env bash
# Writes the root directory of an image with the machine's own Postgres to stdout, as a tar: its files, and of the system what it needs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$(ls /usr/lib/postgresql | sort -n | tail -1)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

chmod 755 "$root"
mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{etc,tmp,var/run,var/lib/postgresql}
for directory in bin sbin lib lib64; do ln -s "usr/$directory" "$root/$directory"; done
chmod 1777 "$root/tmp"

tar -C / --exclude='*llvmjit*' --exclude=bitcode -c "usr/lib/postgresql/$version" "usr/share/postgresql/$version" usr/share/zoneinfo usr/lib/locale/C.utf8 | tar -C "$root" -x
ln -s "$version" "$root/usr/lib/postgresql/current"
programs=()
for program in sh mkdir chown rm setpriv; do programs+=("$(type -P "$program")"); done
for program in "${programs[@]}"; do cp -L "$program" "$root/usr/bin/"; done

# the libraries of all that, and of what those load; in a merged /usr
find "$root/usr/lib/postgresql/$version" "$root/usr/bin" -type f \( -perm -u+x -o -name '*.so' \) -print0 \
	| { xargs -0 ldd 2> /dev/null || true; } | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u | while read -r library; do
	target=$root/usr${library#/usr}
	mkdir -p "$(dirname "$target")"
	cp -L "$library" "$target"
done

echo 'root:x:0:0:root:/:/bin/sh
postgres:x:999:999:postgres:/var/lib/postgresql:/bin/sh' > "$root/etc/passwd"
echo 'root:x:0:
postgres:x:999:' > "$root/etc/group"
cp "$here/entrypoint.sh" "$root/usr/bin/docker-entrypoint.sh"
chmod 755 "$root/usr/bin/docker-entrypoint.sh"
tar -C "$root" --owner=0 --group=0 --numeric-owner -c .
