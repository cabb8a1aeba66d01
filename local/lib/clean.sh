# Taking the cluster away, and recognising what stands in its way.
# shellcheck shell=bash disable=SC2154,SC2034,SC2046

kernel=(net.ipv4.ip_forward net.ipv4.conf.all.route_localnet vm.overcommit_memory kernel.panic kernel.panic_on_oops)

down() {
  stop kubelet "${addons[@]}" volumes # first, for kubelet would start its pods again
  stop_pods
  end "${services[@]}"
  signal KILL $(shims)
  if foreign >/dev/null; then
    say "another Kubernetes node runs here, so pod networks, iptables rules and cgroups are left alone"
  else
    clear_pods
    clear_network
  fi
  clear_mounts
  clear_files
  if [ -f "$run/sysctl" ]; then sysctl -q -p "$run/sysctl" || true; rm "$run/sysctl"; fi
  say "down; nothing is left but the programs, images and logs in $home"
}

stop_pods() {
  local ctr=(timeout 10 ctr -a "$home/containerd.sock" -n k8s.io) task
  [ -n "$(pids containerd)" ] || return 0
  for task in $("${ctr[@]}" tasks ls -q 2>/dev/null); do "${ctr[@]}" tasks kill -s KILL -a "$task" >/dev/null 2>&1 || true; done
  for _ in $(seq 30); do [ -n "$("${ctr[@]}" tasks ls 2>/dev/null | grep RUNNING)" ] || break; sleep 0.1; done
}

# Containers outlive a containerd and shims that were killed; their cgroups tell which processes are theirs.
clear_pods() {
  local groups=(find /sys/fs/cgroup -depth -type d -path '*/kubepods*')
  for _ in $(seq 30); do
    signal KILL $("${groups[@]}" -exec sh -c 'cat "$@"' - {}/cgroup.procs \; 2>/dev/null | sort -u)
    "${groups[@]}" -exec rmdir {} + 2>/dev/null || true
    [ -n "$("${groups[@]}" 2>/dev/null)" ] || break
    sleep 0.1
  done
  rm -f /var/lib/cni/results/{heddle,cni-loopback}-* /var/lib/kubelet/device-plugins/kubelet.sock
}

our_mounts() { awk -v h="$home/" 'index($5, h) == 1 {print $5}' /proc/self/mountinfo | sort -r; }
clear_mounts() {
  local mount
  for mount in $(our_mounts); do umount -l "$mount" 2>/dev/null || true; done
}

clear_network() {
  local space
  for space in $(ip netns ls 2>/dev/null | awk '/^cni-/{print $1}'); do ip netns del "$space" 2>/dev/null || true; done
  ip link del cni0 2>/dev/null || true
  ip addr del "$node_ip/32" dev lo 2>/dev/null || true
  clear_rules iptables
  clear_rules ip6tables
}

# Removes kube-proxy's and the CNI plugins' chains and the rules that jump to them, and leaves all other rules alone.
clear_rules() { # iptables|ip6tables
  command -v "$1-save" >/dev/null || return 0
  "$1-save" 2>/dev/null | awk '
    function ours(chain) { return chain ~ /^(KUBE-|CNI-)/ }
    /^\*/ { print }
    /^:/ { chain = substr($1, 2); if (ours(chain)) { print "-F " chain; drop = drop "-X " chain "\n" } }
    /^-A/ && !ours($2) && / -j (KUBE-|CNI-)/ { sub(/^-A/, "-D"); print }
    /^COMMIT/ { printf "%sCOMMIT\n", drop; drop = "" }' >"$run/$1" || true
  if grep -q '^-' "$run/$1"; then "$1-restore" --noflush <"$run/$1" || say "some $1 rules could not be removed; see $run/$1"; fi
  rm "$run/$1"
}

clear_files() {
  local socket link
  rm -rf "$home"/{etcd,kubelet,containerd,containerd-state,containerd.sock,containerd.sock.ttrpc,runc,ipam,cni,pki,volumes,pods,s3,metrics-server}
  for socket in /run/containerd/s/*; do # shims that were killed leave theirs
    [ ! -S "$socket" ] || ss -Hxl | grep -qF " $socket " || rm -f "$socket"
  done
  for link in /var/log/containers/*; do
    [[ "$(readlink "$link")" != "$home"/* ]] || rm -f "$link"
  done
  rmdir /var/lib/kubelet/device-plugins /var/lib/kubelet /var/lib/cni/{results,cache,} /var/log/containers /run/containerd/{s,} 2>/dev/null || true
}

left_behind() {
  local name
  for name in "${services[@]}" "${addons[@]}"; do [ -z "$(pids "$name")" ] || return 0; done
  [ -n "$(shims)$(our_mounts)" ] || [ -e "$home/etcd" ] || [ -e "$home/containerd.sock" ] || ip addr show to "$node_ip" dev lo | grep -q .
}

# Another Kubernetes node on this machine would fight with ours over pods, iptables and cgroups.
foreign() {
  local pid
  for pid in $(ps -eo pid=,stat=,comm= | awk '$2 !~ /^Z/ && $3 ~ /^(kubelet|kubelite|k3s|k3s-server|k0s|rke2)$/ {print $1}'); do
    grep -qx "$pid" <<<"$(pids kubelet)" || { echo "process $pid: $(command_of "$pid")"; return 0; }
  done
  return 1
}
command_of() { tr '\0' ' ' <"/proc/$1/cmdline" | cut -c1-160; }

# A process that listens where one of our services wants to.
holder() { # tcp|udp PORT, ADDRESS when ours listens only there
  local line pid
  line=$(ss -Hlnp"${1:0:1}" "sport = :$2" | awk -v only="${3:-}" '
    { address = $4; sub(/:[0-9]+$/, "", address); sub(/%.*/, "", address) }
    only == "" || address == only || address ~ /^(\*|0\.0\.0\.0|\[::\])$/' | head -1)
  [ -n "$line" ] || return 1
  pid=$(sed -n 's/.*pid=\([0-9]*\).*/\1/p' <<<"$line")
  if [ -n "$pid" ]; then echo "process $pid: $(command_of "$pid")"; else echo "a process that this shell cannot see"; fi
}

check_way() {
  local who port problems=0 elsewhere
  complain() { echo "cluster: $*" >&2; problems=1; }
  if who=$(foreign); then complain "another Kubernetes node runs here, $who; stop it first"; fi
  for port in 2379 2380 6443 10248 10249 10250 10256 10257 10259; do
    if who=$(holder tcp "$port"); then complain "port $port is in use by $who"; fi
  done
  for port in tcp udp; do
    if who=$(holder "$port" 53 "$node_ip"); then complain "port 53/$port is in use by $who"; fi
  done
  elsewhere=$(ip -o addr show to "$node_ip" | awk '$2 != "lo" {print $2}')
  [ -z "$elsewhere" ] || complain "the node's address $node_ip is already on interface $elsewhere"
  [ "$problems" = 0 ] || fail "stop what is in the way, then try again"
}
