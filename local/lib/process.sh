# Starting, finding and stopping the cluster's own processes. There are no pid files: a process is ours when its
# command line begins with a program of our bin directory, so a recycled pid can never be mistaken for one of ours.
# shellcheck shell=bash disable=SC2154,SC2034,SC2046

services=(etcd kube-apiserver kube-controller-manager kube-scheduler containerd kubelet kube-proxy coredns volumes)
addons=(versitygw metrics-server kwok)

say() { echo "cluster: $*"; }
fail() { echo "cluster: $*" >&2; exit 1; }
quoted() { sed 's/[][\.*^$+?(){}|]/\\&/g' <<<"$1"; } # for use in a regular expression
root() { [ "$(id -u)" = 0 ] || fail "a Kubernetes node needs root (mounts, network, cgroups): run it with sudo -E, or as root"; }

# The pids of one of our services, if it runs. A script (volumes) has its interpreter before its name.
pids() { pgrep -f "^([^ ]*python[^ ]* )?$(quoted "$bin/$1")( |\$)" || true; }
shims() { pgrep -f "containerd-shim.* -address $(quoted "$home/containerd.sock")( |\$)" || true; }

# start NAME ARGUMENT…: run bin/NAME in the background, unless it runs already.
start() {
  local name=$1
  [ -z "$(pids "$name")" ] || return 0
  # 9 is the lock: a daemon must not inherit it.
  setsid nohup "$bin/$name" "${@:2}" </dev/null >"$log/$name.log" 2>&1 9>&- &
}

# stop NAME…: ask all of them to end, and insist after 5 s. end NAME…: insist at once, for their state is dropped anyway.
stop() { each TERM "$@"; gone 50 "$@" || end "$@"; }
end() { each KILL "$@"; gone 50 "$@" || say "these do not end: $*"; }
each() { local name; for name in "${@:2}"; do signal "$1" $(pids "$name"); done; }
gone() { # so that their ports and files are free again
  local name left
  for _ in $(seq "$1"); do
    left=$(for name in "${@:2}"; do pids "$name"; done)
    [ -n "$left" ] || return 0
    sleep 0.1
  done
  return 1
}
signal() { [ $# = 1 ] || kill -"$1" "${@:2}" 2>/dev/null || true; }

# await SECONDS SERVICE WHAT COMMAND…: wait for COMMAND to succeed; says what SERVICE logged when it does not.
await() {
  local seconds=$1 service=$2 what=$3 round; shift 3
  for round in $(seq $((seconds * 4))); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.25
    ((round < 8)) || [ -n "$(pids "$service")" ] || break # it ended
  done
  echo "cluster: no $what; the last lines of $log/$service.log:" >&2
  tail -n 8 "$log/$service.log" | cut -c1-300 | sed 's/^/  /' >&2
  exit 1
}

running() {
  local name
  for name in "${services[@]}"; do [ -n "$(pids "$name")" ] || return; done
  kubectl wait --for=condition=Ready node/local --timeout=2s >/dev/null 2>&1
}

status() {
  local name found
  for name in "${services[@]}" "${addons[@]}"; do
    found=$(pids "$name" | tr '\n' ' ')
    printf '%-24s %s\n' "$name" "${found:-not running}"
  done
  running || { say "not up"; return 1; }
  kubectl get nodes
  ctr -a "$home/containerd.sock" -n k8s.io images ls -q | grep -v '^sha256:' | sed 's/^/image /'
}
