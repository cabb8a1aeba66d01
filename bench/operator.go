package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Build is one way to run the operator.
type Build struct {
	name    string
	command []string
}

const operatorURL = "http://127.0.0.1:8090"

// Operator is the operator as a process of this machine, with the rights that the chart gives it.
type Operator struct {
	cmd     *exec.Cmd
	logPath string
	ready   time.Duration // from exec to the first 200 of the readiness probe
}

func startOperator(p *Plane, build Build, elect bool) (*Operator, error) {
	o := &Operator{logPath: p.state + "/operator.log", cmd: exec.Command(build.command[0], build.command[1:]...)}
	log, err := os.Create(o.logPath)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	o.cmd.Dir = p.state // away from any .env or config of a checkout
	o.cmd.Stdout, o.cmd.Stderr = log, log
	o.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.state, "LANG=C.UTF-8", "KUBECONFIG=" + p.state + "/operator.kubeconfig",
		"QUARKUS_OPERATOR_SDK_NAMESPACES=" + namespace, "QUARKUS_HTTP_PORT=8090", "HEDDLE_NAMESPACE=heddle-system",
		fmt.Sprintf("HEDDLE_LEADER_ELECTION_ENABLED=%t", elect)}
	began := time.Now()
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	client := http.Client{Timeout: time.Second}
	for time.Since(began) < 90*time.Second {
		if reply, err := client.Get(operatorURL + "/q/health/ready"); err == nil {
			reply.Body.Close()
			if reply.StatusCode == http.StatusOK {
				o.ready = time.Since(began)
				return o, nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	o.stop()
	return nil, fmt.Errorf("the operator (%s) was not ready within 90 s:\n%s", build.name, o.tail())
}

func (o *Operator) log() string {
	data, _ := os.ReadFile(o.logPath)
	return string(data)
}

func (o *Operator) tail() string {
	log := o.log()
	return log[max(0, len(log)-4000):]
}

// complaints are the warnings and errors that it logged: their number, and the first few.
func (o *Operator) complaints() (int, []string) {
	var count int
	var first []string
	for _, line := range strings.Split(o.log(), "\n") {
		if strings.Contains(line, " WARN ") || strings.Contains(line, " ERROR ") {
			count++
			if len(first) < 4 {
				first = append(first, line[:min(len(line), 300)])
			}
		}
	}
	return count, first
}

func (o *Operator) stop() time.Duration {
	began := time.Now()
	o.cmd.Process.Signal(syscall.SIGTERM)
	timer := time.AfterFunc(15*time.Second, func() { o.cmd.Process.Kill() })
	o.cmd.Wait()
	timer.Stop()
	return time.Since(began)
}

// Memory is in MiB.
type Memory struct{ Resident, Peak, Anonymous float64 }

func (o *Operator) memory() Memory {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", o.cmd.Process.Pid))
	field := func(name string) float64 {
		_, rest, _ := strings.Cut(string(data), name+":")
		words := strings.Fields(rest)
		if len(words) == 0 {
			return 0
		}
		kib, _ := strconv.ParseFloat(words[0], 64)
		return kib / 1024
	}
	return Memory{Resident: field("VmRSS"), Peak: field("VmHWM"), Anonymous: field("RssAnon")}
}

// cpu is the processor time used so far, in seconds.
func (o *Operator) cpu() float64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", o.cmd.Process.Pid))
	_, rest, _ := strings.Cut(string(data), ") ")
	words := strings.Fields(rest)
	if len(words) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(words[11], 64)
	system, _ := strconv.ParseFloat(words[12], 64)
	return (user + system) / 100
}
