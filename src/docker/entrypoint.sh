#!/bin/sh
# Starts Postgres as the image 'postgres' does: POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB are heeded at the first start, and the
# log says twice that the server is ready, first while it is set up and only for itself.
set -eu
export PATH=/usr/lib/postgresql/current/bin:$PATH PGDATA=/var/lib/postgresql/data
user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
case "${1:-postgres}" in
postgres) [ $# -gt 0 ] && shift ;;
-*) ;;
*) exec "$@" ;;
esac
as_postgres() { setpriv --reuid=999 --regid=999 --clear-groups "$@"; }
mkdir -p "$PGDATA" /var/run/postgresql
chown 999:999 "$PGDATA" /var/run/postgresql
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	printf '%s\n' "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}" > /tmp/password
	chown 999:999 /tmp/password
	as_postgres initdb -D "$PGDATA" --username="$user" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust \
		--encoding=UTF8 --locale=C.UTF-8
	rm /tmp/password
	echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
	echo 'host replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
	as_postgres pg_ctl -D "$PGDATA" -w -t 300 -o "-c listen_addresses=''" start
	if [ "$database" != postgres ]; then
		echo "CREATE DATABASE :\"name\"" | as_postgres psql -v ON_ERROR_STOP=1 -v name="$database" -U "$user" -d postgres
	fi
	as_postgres pg_ctl -D "$PGDATA" -w -t 300 -m fast stop
	echo 'PostgreSQL init process complete; ready for start up.'
fi
exec setpriv --reuid=999 --regid=999 --clear-groups postgres -D "$PGDATA" -c "listen_addresses=*" "$@"
