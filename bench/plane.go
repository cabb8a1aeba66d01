package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	// The namespace's own addresses: one for the API server, and those of the simulated pods, which the fake Weaviate
	// answers for.
	planeIP = "172.31.0.1"
	podCIDR = "10.99.0.0/16"
	server  = "https://" + planeIP + ":6443"

	namespace    = "bench"
	operatorUser = "system:serviceaccount:heddle-system:heddle"
)

// Plane is a control plane of its own, with an audit log of what the operator asks, in a file system in memory.
type Plane struct {
	bin, root, crds, state string
	processes              []*exec.Cmd
	audit                  *Audit
	stop                   chan struct{}
}

// enter makes the namespaces that this process runs in usable.
func enter(state string) error {
	for _, line := range []string{"ip link set lo up", "ip addr add " + planeIP + "/32 dev lo", "ip route add local " + podCIDR + " dev lo"} {
		words := strings.Fields(line)
		if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %s", line, out)
		}
	}
	if err := os.MkdirAll(state, 0o755); err != nil {
		return err
	}
	return syscall.Mount("heddle-bench", state, "tmpfs", 0, "mode=0700")
}

func startPlane(bin, root, crds, state string) (*Plane, error) {
	p := &Plane{bin: bin, root: root, crds: crds, state: state, stop: make(chan struct{})}
	if err := p.start(); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Plane) start() error {
	old, _ := filepath.Glob(p.state + "/*")
	for _, path := range old {
		os.RemoveAll(path)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	p.write("sa.key", string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})))
	p.write("tokens.csv", "admin,admin,admin,system:masters\noperator,"+operatorUser+",operator,\"system:serviceaccounts,system:serviceaccounts:heddle-system\"\nfloor,floor,floor,system:masters\n")
	p.write("audit.yaml", `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: Request, users: ["`+operatorUser+`"], resources: [{group: weaviate.io, resources: [weaviateclusters/status]}]}
- {level: Metadata, users: ["`+operatorUser+`", floor]}
- {level: None}
`)
	for _, user := range []string{"admin", "operator"} {
		p.write(user+".kubeconfig", fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: bench, cluster: {server: "%s", certificate-authority: %s/apiserver.crt}}]
users: [{name: %s, user: {token: %s}}]
contexts: [{name: bench, context: {cluster: bench, user: %s}}]
current-context: bench
`, server, p.state, user, user, user))
	}
	p.run("etcd", "--data-dir="+p.state+"/etcd", "--unsafe-no-fsync", "--log-level=error", "--quota-backend-bytes=4294967296")
	p.run("kube-apiserver", "--etcd-servers=http://127.0.0.1:2379", "--service-cluster-ip-range=10.96.0.0/16",
		"--bind-address="+planeIP, "--advertise-address="+planeIP, "--cert-dir="+p.state, "--token-auth-file="+p.state+"/tokens.csv",
		"--service-account-key-file="+p.state+"/sa.key", "--service-account-signing-key-file="+p.state+"/sa.key",
		"--service-account-issuer=https://kubernetes.default.svc", "--authorization-mode=RBAC",
		"--audit-policy-file="+p.state+"/audit.yaml", "--audit-log-path="+p.state+"/audit.log", "--audit-log-maxsize=4000")
	if err := await(60*time.Second, "API server (log: kube-apiserver)", func() bool { _, err := p.kubectl("", "get", "--raw", "/readyz"); return err == nil }); err != nil {
		return fmt.Errorf("%w\n%s", err, p.logTail("kube-apiserver"))
	}
	config := "--kubeconfig=" + p.state + "/admin.kubeconfig"
	p.run("kube-controller-manager", config, "--leader-elect=false", "--service-account-private-key-file="+p.state+"/sa.key", "--kube-api-qps=300", "--kube-api-burst=300")
	p.run("kube-scheduler", config, "--leader-elect=false", "--kube-api-qps=300", "--kube-api-burst=300")
	stages, _ := filepath.Glob(filepath.Dir(p.bin) + "/kwok/*.yaml")
	arguments := []string{config, "--cidr=" + podCIDR, "--manage-all-nodes=false", "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake", "--node-lease-duration-seconds=40"}
	for _, stage := range stages {
		arguments = append(arguments, "--config="+stage)
	}
	p.run("kwok", arguments...)
	var err2 error
	if p.audit, err2 = openAudit(p.state + "/audit.log"); err2 != nil {
		return err2
	}
	return p.furnish()
}

// furnish makes what a real cluster would have: nodes, a storage class, the CRD, and the operator's rights.
func (p *Plane) furnish() error {
	objects := `apiVersion: v1
kind: Namespace
metadata: {name: ` + namespace + `}
---
apiVersion: v1
kind: Namespace
metadata: {name: heddle-system}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: bench, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: heddle.dev/bench
`
	for i := range 3 {
		objects += fmt.Sprintf(`---
apiVersion: v1
kind: Node
metadata:
  name: node-%d
  annotations: {kwok.x-k8s.io/node: fake}
  labels: {kubernetes.io/os: linux, kubernetes.io/hostname: node-%d, topology.kubernetes.io/zone: zone-%d}
status: {allocatable: {cpu: "10000", memory: 100Ti, pods: "100000"}, capacity: {cpu: "10000", memory: 100Ti, pods: "100000"}}
`, i, i, i)
	}
	if _, err := p.kubectl(objects, "apply", "-f", "-"); err != nil {
		return err
	}
	crds, _ := filepath.Glob(p.crds + "/*.weaviate.io-v1.yml")
	for _, crd := range crds {
		if _, err := p.kubectl("", "apply", "--server-side", "-f", crd); err != nil {
			return err
		}
	}
	rights, err := exec.Command(p.bin+"/helm", "template", "heddle", p.root+"/charts/heddle", "--namespace=heddle-system", "--kube-version=1.36.0",
		"--set=watchNamespaces={"+namespace+"}", "--show-only=templates/rbac.yaml").Output()
	if err != nil {
		return fmt.Errorf("helm template: %w", err)
	}
	if _, err := p.kubectl(string(rights), "apply", "-f", "-"); err != nil {
		return err
	}
	_, err = p.kubectl("", "wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
	if err != nil {
		return err
	}
	return await(60*time.Second, "service account and kinds to use", func() bool {
		_, none := p.kubectl("", "get", "serviceaccount", "default", "-n", namespace)
		_, early := p.kubectl("", "get", "weaviateclusters,clusters.cloud.weaviate.io,backups.cloud.weaviate.io,scheduledbackups.cloud.weaviate.io,restores.cloud.weaviate.io,migrations.cloud.weaviate.io", "-n", namespace) // 429 while its storage starts
		return none == nil && early == nil
	})
}

func (p *Plane) run(name string, arguments ...string) {
	log, err := os.Create(p.state + "/" + name + ".log")
	if err != nil {
		panic(err)
	}
	defer log.Close()
	cmd := exec.Command(p.bin+"/"+name, arguments...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	p.processes = append(p.processes, cmd)
}

// Close ends the control plane at once; its state is thrown away anyway.
func (p *Plane) Close() {
	close(p.stop)
	for _, cmd := range p.processes {
		cmd.Process.Kill()
		cmd.Wait()
	}
}

func (p *Plane) kubectl(input string, arguments ...string) (string, error) {
	cmd := exec.Command(p.bin+"/kubectl", append([]string{"--kubeconfig=" + p.state + "/admin.kubeconfig"}, arguments...)...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("kubectl %s: %s", strings.Join(arguments, " "), out)
	}
	return string(out), nil
}

func (p *Plane) write(name, content string) {
	if err := os.WriteFile(p.state+"/"+name, []byte(content), 0o600); err != nil {
		panic(err)
	}
}

func (p *Plane) logTail(name string) string {
	data, _ := os.ReadFile(p.state + "/" + name + ".log")
	return string(data[max(0, len(data)-3000):])
}

func await(limit time.Duration, what string, done func() bool) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if done() {
			return nil
		}
	}
	return fmt.Errorf("no %s within %s", what, limit)
}
