#!/usr/bin/env bash
# Runs the tests that need containers, on a Debian machine without an engine and without an image registry, as root:
#   src/docker/run-container-tests.sh
# It installs Docker and Postgres from Debian's packages, starts an engine of its own (nothing of it outlives this script), imports an image
# made of the machine's Postgres, and has Maven run the tests against both. Not part of the build.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d /tmp/kalam-docker.XXXXXX)
image=kalam/postgres:debian
engine=

finish() {
	if [ -n "$engine" ]; then
		docker ps -aq | xargs -r docker rm -fv > /dev/null 2>&1 || true
		docker network prune -f > /dev/null 2>&1 || true
		kill "$engine" 2> /dev/null || true
		wait "$engine" 2> /dev/null || true
		[ -n "$bridge" ] || ip link delete docker0 2> /dev/null || true
		iptables-restore < "$work/iptables" || true
		echo "$forward" > /proc/sys/net/ipv4/ip_forward
	fi
	umount -R "$work"/* 2> /dev/null || true
	rm -rf "$work"
}
trap finish EXIT

need=()
command -v dockerd > /dev/null || need+=(docker.io)
command -v iptables > /dev/null || need+=(iptables)
command -v ip > /dev/null || need+=(iproute2)
ls /usr/lib/postgresql/*/bin/postgres > /dev/null 2>&1 || need+=(postgresql)
if [ ${#need[@]} -gt 0 ]; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}"
fi

# Boot wants 'docker compose'. Older releases of Debian have docker-compose 1 only; the next one's package has a plugin without dependencies.
mkdir -p "$work/config/cli-plugins" "$work/compose"
export DOCKER_CONFIG=$work/config
if ! docker compose version > /dev/null 2>&1; then
	mkdir -p "$work"/apt/{lists,cache/archives}/partial
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sed '/security/d' | sed -n 1p)
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$work/apt/sources.list"
	options=(-o "Dir::Etc::SourceList=$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$work/apt/lists"
		-o "Dir::Cache=$work/apt/cache" -o APT::Sandbox::User=root)
	if (cd "$work/compose" && apt-get "${options[@]}" update -qq && apt-get "${options[@]}" download -qq docker-compose); then
		dpkg -x "$work"/compose/*.deb "$work/compose"
		cp "$work/compose/usr/libexec/docker/cli-plugins/docker-compose" "$work/config/cli-plugins/"
	else
		echo 'No docker compose is to be had: its tests will be skipped.' >&2
	fi
fi

# an engine changes the machine's network, which is put back at the end
bridge=$(ls -d /sys/class/net/docker0 2> /dev/null || true)
forward=$(cat /proc/sys/net/ipv4/ip_forward)
for table in filter nat; do iptables-save -t "$table"; done > "$work/iptables"

export DOCKER_HOST=unix://$work/docker.sock
dockerd --storage-driver vfs --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" -H "$DOCKER_HOST" \
	> "$work/dockerd.log" 2>&1 &
engine=$!
for attempt in $(seq 120); do
	docker version > /dev/null 2>&1 && break
	kill -0 "$engine" 2> /dev/null || { tail -20 "$work/dockerd.log" >&2; exit 1; }
	[ "$attempt" -lt 120 ] || { tail -20 "$work/dockerd.log" >&2; exit 1; }
	sleep 1
done
docker version --format 'Docker {{.Server.Version}}, API {{.Server.APIVersion}}'
docker compose version 2> /dev/null || true

src/docker/postgres-image.sh | docker import --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'CMD ["postgres"]' \
	--change 'EXPOSE 5432' --change 'ENV LANG=C.UTF-8' - "$image"
docker image ls "$image"

# On a machine that is a container itself, Testcontainers would ask one of an image of a registry's where the engine is.
export KALAM_TEST_POSTGRES_IMAGE=$image TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost
DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}')
export DOCKER_API_VERSION
if [ $# -gt 0 ]; then
	"$@"
else
	./mvnw -B -ntp -pl kalam-spring-boot-test,kalam-servlet-tests -am verify -Dtest=NoSuchTests -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test='ServiceConnectionIntegrationTests,PlainContainerIntegrationTests,ComposeIntegrationTests' \
		-Dfailsafe.failIfNoSpecifiedTests=false
fi
