# Building and installing what the cluster is made of: Debian packages and pinned Go modules, nothing else.
# shellcheck shell=bash disable=SC2154

packages=(containerd runc containernetworking-plugins iptables iproute2 procps util-linux conntrack openssl busybox-static ca-certificates gcc libc6-dev python3)
stamp=k8s.io/component-base/version
# program | version | package to build in this folder's module, or package@version to install
programs=(
  "kube-apiserver|v1.36.3|k8s.io/kubernetes/cmd/kube-apiserver"
  "kube-controller-manager|v1.36.3|k8s.io/kubernetes/cmd/kube-controller-manager"
  "kube-scheduler|v1.36.3|k8s.io/kubernetes/cmd/kube-scheduler"
  "kubelet|v1.36.3|k8s.io/kubernetes/cmd/kubelet"
  "kube-proxy|v1.36.3|k8s.io/kubernetes/cmd/kube-proxy"
  "kubectl|v1.36.3|k8s.io/kubernetes/cmd/kubectl"
  "etcd|v3.6.8|go.etcd.io/etcd/server/v3"
  "coredns|v1.15.0|github.com/coredns/coredns@v1.15.0"
  "helm|v3.22.0|helm.sh/helm/v3/cmd/helm@v3.22.0"
)
# What runs beside the cluster; the command that starts one builds it, if nobody did before.
extras=(
  "kwok|v0.8.0|sigs.k8s.io/kwok/cmd/kwok@v0.8.0"
  "versitygw|v1.8.0|github.com/versity/versitygw/cmd/versitygw@v1.8.0"
  "metrics-server|v0.9.0|sigs.k8s.io/metrics-server/cmd/metrics-server@v0.9.0"
)
for v in "${weaviate_versions[@]}"; do
  extras+=("weaviate-$v/weaviate-server|v$v|github.com/weaviate/weaviate/cmd/weaviate-server@v$v")
done

install() { # [up]
  local began=$SECONDS wanted=("${programs[@]}")
  case ${1:-} in
    up) ;;
    '') wanted+=("${extras[@]}") ;;
    *) fail "usage: cluster install [up]" ;;
  esac
  install_packages
  provide "${wanted[@]}"
  ln -sf /usr/bin/containerd "$bin/containerd" # so that its command line is ours, see process.sh
  say "installed: ${#wanted[@]} programs in $bin ($((SECONDS - began)) s)"
}

# Builds those that are not built.
provide() { # entry…
  local entry missing=()
  for entry; do built "$entry" || missing+=("$entry"); done
  ((${#missing[@]})) || return 0
  need_go
  build_all "${missing[@]}"
}
extra() { # NAME
  local entry
  for entry in "${extras[@]}"; do
    [ "${entry%%|*}" != "$1" ] || { provide "$entry"; return; }
  done
  fail "nothing here builds $1"
}

install_packages() {
  local missing=() name
  command -v dpkg-query >/dev/null || fail "this is not Debian or Ubuntu (no dpkg): install the equivalents of ${packages[*]} and put a dpkg-query on the PATH, or use a Debian machine or container"
  for name in "${packages[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  say "installing Debian packages: ${missing[*]}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log/apt.log" 2>&1 ||
    fail "apt-get could not install them: $(tail -n 3 "$log/apt.log")"
}

# A program counts as built when its build information names the module version that we want.
built() { # name|version|package
  local name version
  IFS='|' read -r name version _ <<<"$1"
  [ -x "$bin/$name" ] || return 1
  command -v go >/dev/null || return 0
  go version -m "$bin/$name" 2>/dev/null | awk -v v="$version" '($1 == "mod" || $1 == "dep") && $3 == v {found = 1} END {exit !found}'
}

need_go() {
  local found
  command -v go >/dev/null || fail "Go 1.26 or later is needed to build Kubernetes and Weaviate once: install it from https://go.dev/dl and put it on the PATH"
  found=$(cd "$here" && go env GOVERSION 2>&1) && return
  fail "Go 1.26 or later is needed, this one cannot build our modules: $(tail -n 1 <<<"$found"). Install a newer one from https://go.dev/dl"
}

build_all() {
  local began=$SECONDS entry number=0 step name
  say "building $# programs from Go modules; on two cores with an empty cache each takes up to 4 minutes"
  for entry; do
    name=${entry%%|*} number=$((number + 1)) step=$SECONDS
    say "[$number/$#] $name …"
    build "$entry" >"$log/install.log" 2>&1 || fail "$name could not be built: $(tail -n 5 "$log/install.log")"
    say "[$number/$#] $name built in $((SECONDS - step)) s, $((SECONDS - began)) s so far"
  done
}

build() { # name|version|package
  local name version package flags='-s -w' minor
  IFS='|' read -r name version package <<<"$1"
  mkdir -p "$(dirname "$bin/$name")"
  export GOFLAGS=-buildvcs=false
  case $package in
    *@*) GOBIN=$(dirname "$bin/$name") go install -trimpath -ldflags "$flags" "$package" ;;
    *)
      minor=${version#v1.}
      [ "$name" = etcd ] || flags+=" -X $stamp.gitVersion=$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=${minor%%.*}"
      cd "$here" && go build -trimpath -ldflags "$flags" -o "$bin/$name" "$package"
      ;;
  esac
}

# The node simulator reads how nodes and pods behave from files of its module.
kwok_stages() {
  local module stage
  [ ! -f "$home/kwok/pod-delete.yaml" ] || return 0
  module=$(cd "$here" && go mod download -json sigs.k8s.io/kwok@v0.8.0 | sed -n 's/.*"Dir": "\(.*\)",/\1/p')/kustomize/stage
  mkdir -p "$home/kwok"
  for stage in node/fast/node-initialize node/heartbeat-with-lease/node-heartbeat-with-lease pod/fast/pod-ready pod/fast/pod-complete pod/fast/pod-delete; do
    cp "$module/$stage.yaml" "$home/kwok/"
  done
  chmod -R u+w "$home/kwok"
}

need_installed() {
  local entry missing=()
  for entry in "${programs[@]}"; do [ -x "$bin/${entry%%|*}" ] || missing+=("${entry%%|*}"); done
  ((${#missing[@]} == 0)) && [ -x "$bin/containerd" ] || fail "not installed yet (${missing[*]:-containerd}); run: $0 install"
}
