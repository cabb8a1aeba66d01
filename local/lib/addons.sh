# What runs on the host next to the cluster: DNS, metrics, S3, simulated nodes; and Weaviate's images.
# shellcheck shell=bash disable=SC2154

# A Service in kube-system whose only endpoint is a process on this host.
host_service() { # name clusterIP port…(name:port/protocol)
  local name=$1 ip=$2 ports='' port n number protocol; shift 2
  for port; do IFS=:/ read -r n number protocol <<<"$port"; ports+="{name: $n, port: $number, protocol: $protocol},"; done
  kubectl apply -f - >/dev/null <<Y
apiVersion: v1
kind: Service
metadata: {name: $name, namespace: kube-system}
spec: {clusterIP: "$ip", ports: [$ports]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: $name-host, namespace: kube-system, labels: {kubernetes.io/service-name: $name}}
addressType: IPv4
endpoints: [{addresses: ["$node_ip"]}]
ports: [$ports]
Y
}

free() { # PORT, unless one of ours (SERVICE) has it
  local who
  [ -z "$(pids "$2")" ] || return 0
  if who=$(holder tcp "$1" "$node_ip"); then fail "port $1 is in use by $who"; fi
}

# CoreDNS runs on the host, bound to the node's address.
dns() {
  local upstream=''
  ! grep -q '^nameserver' /etc/resolv.conf || upstream='forward . /etc/resolv.conf'
  cat >"$home/Corefile" <<Y
.:53 {
  bind $node_ip
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $KUBECONFIG heddle-local
  }
  $upstream
  cache 5
}
Y
  start coredns -conf "$home/Corefile"
  host_service kube-dns $dns_ip dns:53/UDP dns-tcp:53/TCP
  await 20 coredns "DNS server" bash -c "exec 3<>/dev/tcp/$node_ip/53"
}

metrics() {
  extra metrics-server
  free 4443 metrics-server
  start metrics-server --kubeconfig="$KUBECONFIG" --authentication-kubeconfig="$KUBECONFIG" --authorization-kubeconfig="$KUBECONFIG" --kubelet-insecure-tls \
    --kubelet-preferred-address-types=InternalIP --metric-resolution=15s --bind-address=$node_ip --secure-port=4443 --cert-dir="$home/metrics-server"
  host_service metrics-server "" https:4443/TCP
  kubectl apply -f - >/dev/null <<Y
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {name: metrics-server, namespace: kube-system, port: 4443}}
Y
  # An API that is registered but not available would hold up the deletion of namespaces.
  await 90 metrics-server "metrics API" kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes
  say "metrics: kubectl top works"
}

s3() {
  extra versitygw
  free 7070 versitygw
  mkdir -p "$home/s3/backups" # a folder is a bucket
  ROOT_ACCESS_KEY=test ROOT_SECRET_KEY=testtest start versitygw --port $node_ip:7070 posix "$home/s3"
  await 20 versitygw "S3 server" bash -c "exec 3<>/dev/tcp/$node_ip/7070"
  say "s3: http://$node_ip:7070, bucket backups, keys test/testtest"
}

kwok() {
  local stage stages=() i count=${1:-2}
  [[ $count =~ ^[0-9]+$ ]] || fail "usage: cluster kwok [number of nodes]"
  extra kwok
  kwok_stages
  for stage in "$home"/kwok/*.yaml; do stages+=("--config=$stage"); done
  start kwok --kubeconfig="$KUBECONFIG" --manage-all-nodes=false --manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake --node-lease-duration-seconds=40 "${stages[@]}"
  for i in $(seq "$count"); do gpu_node "$i"; done | kubectl apply -f - >/dev/null
  for i in $(seq "$count"); do await 60 kwok "Ready node gpu-$i" kubectl wait --for=condition=Ready "node/gpu-$i" --timeout=1s; done
  say "kwok: $count simulated GPU nodes"
}
gpu_node() {
  cat <<Y
---
apiVersion: v1
kind: Node
metadata:
  name: gpu-$1
  annotations: {kwok.x-k8s.io/node: fake}
  labels: {type: kwok, kubernetes.io/os: linux, kubernetes.io/hostname: gpu-$1, node.kubernetes.io/instance-type: g5.4xlarge, topology.kubernetes.io/zone: zone-$(($1 % 3)), nvidia.com/gpu.present: "true", nvidia.com/gpu.product: NVIDIA-A10G, nvidia.com/gpu.memory: "23028", nvidia.com/gpu.count: "1"}
spec: {taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]}
status:
  allocatable: {cpu: "16", memory: 64Gi, pods: "110", nvidia.com/gpu: "1"}
  capacity: {cpu: "16", memory: 64Gi, pods: "110", nvidia.com/gpu: "1"}
Y
}

weaviate() {
  local version
  (($#)) || set -- "${weaviate_versions[@]}"
  for version; do weaviate_image "$version"; done
}
weaviate_image() {
  local name=cr.weaviate.io/semitechnologies/weaviate:$1 program=$bin/weaviate-$1/weaviate-server tar=$home/images/weaviate-$1.tar libraries
  if ctr -a "$home/containerd.sock" -n k8s.io images ls -q | grep -qxF "$name"; then say "$name is loaded already"; return; fi
  if [ ! -x "$program" ]; then
    need_go
    build_all "weaviate-$1/weaviate-server|v$1|github.com/weaviate/weaviate/cmd/weaviate-server@v$1"
  fi
  if [ ! "$tar" -nt "$program" ] || [ ! "$tar" -nt "$here/lib/addons.sh" ]; then
    local applet shell=()
    for applet in sh cat df du env grep id kill ls nslookup ps rm sleep touch vi wget; do shell+=("@busybox=/bin/$applet"); done
    mkdir -p "$home/images"
    mapfile -t libraries < <("$here/libraries" "$program")
    image "$name" "$tar" '["/bin/weaviate"]' "$program=/bin/weaviate" /bin/busybox=/bin/busybox "${shell[@]}" \
      /etc/ssl/certs/ca-certificates.crt=/etc/ssl/certs/ca-certificates.crt "${libraries[@]}" >/dev/null
  fi
  load "$tar"
  say "$name is loaded"
}
