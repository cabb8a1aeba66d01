package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

func median(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.0f ms", float64(d)/1e6) }

func spread(all []time.Duration) string {
	return fmt.Sprintf("%s (most %s)", milliseconds(median(all)), milliseconds(slices.Max(all)))
}

func (m Memory) String() string { return fmt.Sprintf("%.0f MiB (peak %.0f)", m.Resident, m.Peak) }

// page is docs/benchmarks.md.
func (b *Bench) page() string {
	var out strings.Builder
	line := func(format string, arguments ...any) { fmt.Fprintf(&out, format+"\n", arguments...) }
	line("# Benchmarks\n")
	line("Written by `make bench`. %s, %d cores, %s, Linux %s; Heddle %s, Kubernetes %s. %s\n", time.Now().UTC().Format("2 January 2006"),
		runtime.NumCPU(), total(), kernel(), b.commit, b.kubernetes(),
		"Control plane, simulated nodes, a stand-in for Weaviate and the operator share these cores, so compare the columns of one run with each other, not the figures of different runs.")
	header, rule := "| | target | floor |", "|---|---|---|"
	for _, build := range b.builds {
		header, rule = header+" "+build.name+" |", rule+"---|"
	}
	line("%s\n%s", header, rule)
	row := func(what, target, floor string, cell func(*Result) string) {
		text := fmt.Sprintf("| %s | %s | %s |", what, target, floor)
		for _, build := range b.builds {
			text += " " + cell(b.results[build.name]) + " |"
		}
		line("%s", text)
	}
	row("Start to ready, median of 5", "native < 200 ms", "–", func(r *Result) string { return spread(r.Start) })
	row("Resident memory, idle", "native < 70 MiB", "–", func(r *Result) string { return r.Idle.String() })
	limits := map[int]string{200: "native < 100 MiB", 500: "native < 150 MiB"}
	for _, n := range b.counts {
		row(fmt.Sprintf("Resident memory, %d clusters", n), dash(limits[n]), "–", func(r *Result) string { return r.burst(n).Memory.String() })
	}
	row("One new cluster: all children exist, median of 5", "< 1 s", milliseconds(b.floors[1]), func(r *Result) string { return spread(r.Single) })
	for _, n := range b.counts {
		floor := b.floors[n].Seconds()
		row(fmt.Sprintf("%d new clusters at once: all children exist", n), "2 × floor", fmt.Sprintf("%.1f s", floor), func(r *Result) string {
			return fmt.Sprintf("%.1f s (%.1f ×)", r.burst(n).Children.Seconds(), r.burst(n).Children.Seconds()/floor)
		})
	}
	largest := b.counts[0]
	per := func(n int, all Requests) string { return fmt.Sprintf("%.1f", float64(len(all))/float64(n)) }
	row("Requests per new cluster until ready", "–", fmt.Sprint(b.children), func(r *Result) string { return per(largest, r.burst(largest).Requests) })
	row("– of them writes", fmt.Sprintf("≤ %d (children + 3)", b.children+3), fmt.Sprint(b.children), func(r *Result) string { return per(largest, r.burst(largest).Requests.writes()) })
	row("– of them writes of children", fmt.Sprintf("≤ %d", b.children), fmt.Sprint(b.children), func(r *Result) string { return per(largest, r.burst(largest).Requests.children()) })
	row(fmt.Sprintf("Processor time for %d new clusters", largest), "–", "–", func(r *Result) string { return fmt.Sprintf("%.1f s", r.burst(largest).CPU) })
	row(fmt.Sprintf("Changed field reaches the child, median of %d", b.changeCount), "< 50 ms", "–", func(r *Result) string { return spread(r.Change) })
	row(fmt.Sprintf("At rest, %d ready clusters, %s: writes", b.restClusters, b.restTime), "0", "–", func(r *Result) string { return fmt.Sprint(len(r.RestRequests.withoutLease().writes())) })
	row("– reads", "–", "–", func(r *Result) string {
		return fmt.Sprint(len(r.RestRequests.withoutLease()) - len(r.RestRequests.withoutLease().writes()))
	})
	row("– requests for the lease", "–", "–", func(r *Result) string { return fmt.Sprint(len(r.RestRequests.lease())) })
	row("– processor time", "–", "–", func(r *Result) string { return fmt.Sprintf("%.1f s", r.RestCPU) })
	row("Failed requests (4xx, 5xx), whole run", "0", "–", func(r *Result) string { return fmt.Sprint(len(r.Failed)) })

	line("\n## What is asked for %d new clusters", largest)
	for _, build := range b.builds {
		line("\n%s: %s.", build.name, b.results[build.name].burst(largest).Requests.kinds())
		if failed := b.results[build.name].Failed; len(failed) > 0 {
			line("Failed in the whole run: %s.", failed.kinds())
		}
	}
	line(notes, clusterSize, b.children)
	return out.String()
}

const notes = `
## How it is measured
- A cluster has %d nodes and %d children. Its pods run on simulated nodes (kwok); a stand-in for Weaviate answers the operator at their addresses, so clusters really become ready.
- Floor: a bare client applies the same children with server-side apply, 16 workers over kept connections, in a cluster of its own.
- Start to ready: from exec to the first 200 of the readiness probe, asked every 5 ms. Memory: VmRSS, and VmHWM as the peak, 20 s after the last cluster is ready (idle: 40 s after the start).
- Children exist: from the first request for a cluster until a watch has shown the last child. Changed field: from the answer to the change of ` + "`spec.podAnnotations`" + ` until a watch shows it in the StatefulSet.
- Requests are those of the operator's user in the API server's audit log. The operator has the rights that the chart gives it for one namespace.
- The JVM is started as in the image, with a heap of at most 256 MiB, and is cold.

## Other operators, for orientation
Measured on such a machine, with their own resources:

| | start | idle | 200 resources | requests per resource | change to child |
|---|---|---|---|---|---|
| milvus-operator (Go) | 193 ms | 72 MB | 125 MB | 15 for 3 children | 33 ms |
| CloudNativePG (Go) | 266 ms | 62 MB | 126 MB | 39 for 13 children | – |
| the Java framework, JVM, untuned | 8.3 s | 208 MB | 361 MB | 3 for 2 children | 85 ms |
`

func (r *Result) burst(n int) *Burst {
	if burst, ok := r.Many[n]; ok {
		return burst
	}
	return &Burst{}
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func kernel() string {
	data, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	return strings.TrimSpace(string(data))
}

func total() string {
	data, _ := os.ReadFile("/proc/meminfo")
	var kib int
	fmt.Sscanf(string(data), "MemTotal: %d kB", &kib)
	return fmt.Sprintf("%d GiB", (kib+1<<19)>>20)
}

func (b *Bench) kubernetes() string {
	out, _ := exec.Command(b.bin+"/kube-apiserver", "--version").Output()
	return strings.TrimPrefix(strings.TrimSpace(string(out)), "Kubernetes v")
}
