# Bringing the node up: certificates, the control plane, containerd, kubelet.
# shellcheck shell=bash disable=SC2154

up() {
  local began=$SECONDS
  need_installed
  if running; then say "already up; use it with: eval \"\$($0 env)\""; return; fi
  if left_behind; then say "clearing what an earlier run left"; down >/dev/null; fi
  check_way
  mkdir -p "$pki" "$home/volumes"
  sysctl -e "${kernel[@]}" >"$run/sysctl"
  certificates
  ip addr replace $node_ip/32 dev lo
  sysctl -qw net.ipv4.ip_forward=1
  containers
  control_plane
  node
  dns
  storage
  await 90 kubelet "Ready node" kubectl wait --for=condition=Ready node/local --timeout=1s
  await 30 kube-controller-manager "default service account" kubectl get serviceaccount default
  say "ready after $((SECONDS - began)) s; use it with: eval \"\$($0 env)\""
}

certificates() (
  cd "$pki"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 3650 -subj /CN=heddle-local-ca 2>/dev/null
  openssl genrsa -out sa.key 2048 2>/dev/null
  sign() { # name subject subjectAltName
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt" -extfile <(echo "subjectAltName=$3") 2>/dev/null
  }
  sign apiserver /CN=kube-apiserver "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$cluster_ip,IP:$node_ip"
  sign admin /O=system:masters/CN=admin DNS:admin
  sign kubelet /O=system:nodes/CN=system:node:local DNS:local
  for user in admin kubelet; do cat >"$user.kubeconfig" <<Y; done
apiVersion: v1
kind: Config
clusters: [{name: heddle-local, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $pki/ca.crt}}]
users: [{name: $user, user: {client-certificate: $pki/$user.crt, client-key: $pki/$user.key}}]
contexts: [{name: heddle-local, context: {cluster: heddle-local, user: $user}}]
current-context: heddle-local
Y
  chmod 600 ./*.key ./*.kubeconfig
)

control_plane() {
  start etcd --data-dir "$home/etcd" --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
  start kube-apiserver --etcd-servers=http://127.0.0.1:2379 --service-cluster-ip-range=10.96.0.0/16 --secure-port=6443 --advertise-address=$node_ip \
    --cert-dir="$pki" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --kubelet-preferred-address-types=InternalIP --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --service-account-key-file="$pki/sa.key" --service-account-signing-key-file="$pki/sa.key" --service-account-issuer=https://kubernetes.default.svc \
    --authorization-mode=Node,RBAC --allow-privileged --enable-aggregator-routing \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=admin --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/admin.crt" --proxy-client-key-file="$pki/admin.key"
  await 60 kube-apiserver "API server" kubectl get --raw /readyz
  start kube-controller-manager --kubeconfig="$KUBECONFIG" --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --allocate-node-cidrs --cluster-cidr=10.244.0.0/16 --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --use-service-account-credentials --leader-elect=false
  start kube-scheduler --kubeconfig="$KUBECONFIG" --leader-elect=false
}

containers() {
  mkdir -p "$home/cni"
  cat >"$home/cni/10-bridge.conflist" <<Y
{"cniVersion":"1.0.0","name":"heddle","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":true,"hairpinMode":true,"ipam":{"type":"host-local","dataDir":"$home/ipam","ranges":[[{"subnet":"10.244.0.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
Y
  cat >"$home/containerd.toml" <<Y
version = 2
root = "$home/containerd"
state = "$home/containerd-state"
[grpc]
address = "$home/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "localhost/pause:1"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
conf_dir = "$home/cni"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
Root = "$home/runc"
Y
  start containerd -c "$home/containerd.toml"
  await 30 containerd "containerd" ctr -a "$home/containerd.sock" version
  if [ ! -f "$home/images/pause.tar" ]; then
    mkdir -p "$home/images"
    printf '#include <unistd.h>\nint main(){for(;;)pause();}\n' | gcc -xc -static -Os -s -o "$run/pause" -
    image localhost/pause:1 "$home/images/pause.tar" '["/pause"]' "$run/pause=/pause" >/dev/null
  fi
  load "$home/images/pause.tar"
}

node() {
  cat >"$home/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
clusterDNS: [$dns_ip]
clusterDomain: cluster.local
containerRuntimeEndpoint: unix://$home/containerd.sock
podLogsDir: $home/pods
volumePluginDir: $home/kubelet/volume-plugins
enforceNodeAllocatable: []
evictionHard: {}
maxPods: 200
Y
  start kubelet --config="$home/kubelet.yaml" --kubeconfig="$pki/kubelet.kubeconfig" --root-dir="$home/kubelet" --cert-dir="$home/kubelet/pki" --hostname-override=local --node-ip=$node_ip
  start kube-proxy --kubeconfig="$KUBECONFIG" --cluster-cidr=10.244.0.0/16 --hostname-override=local --conntrack-max-per-core=0
}

storage() {
  kubectl apply -f - >/dev/null <<Y
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: heddle.dev/tmpfs
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
Y
  command install -m 755 "$here/volumes.py" "$bin/volumes"
  start volumes "$home/volumes" "$pki"
}
