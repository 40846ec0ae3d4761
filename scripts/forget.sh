#!/usr/bin/env bash
# `make forget`: removes this checkout's own database; the next `make run` makes it anew.
source "$(dirname "$0")/lib.sh"
source scripts/postgres.sh
cluster_forget
