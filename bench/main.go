// Command bench measures the operator against a control plane of its own. bench/run starts it in its namespaces.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Bench is one run: its settings, and what it found.
type Bench struct {
	bin, root, crds, state, commit string
	counts                         []int
	changeCount, restClusters      int
	restTime                       time.Duration
	builds                         []Build
	world                          *World

	results  map[string]*Result
	floors   map[int]time.Duration
	children int
}

var started = time.Now()

func say(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "bench %4.0f s: %s\n", time.Since(started).Seconds(), fmt.Sprintf(format, arguments...))
}

func main() {
	b := &Bench{results: map[string]*Result{}, floors: map[int]time.Duration{}, world: &World{size: clusterSize}}
	var java, jar, native, out, only, counts string
	var quick bool
	flag.StringVar(&b.bin, "bin", "", "programs of the local cluster")
	flag.StringVar(&b.root, "root", "", "checkout")
	flag.StringVar(&b.commit, "commit", "", "what is measured")
	flag.StringVar(&java, "java", "", "java program")
	flag.StringVar(&jar, "jar", "", "the JVM build")
	flag.StringVar(&native, "native", "", "the native build")
	flag.StringVar(&out, "out", "", "page to write")
	flag.StringVar(&only, "only", "", "jvm or native")
	flag.StringVar(&counts, "clusters", "200,500", "numbers of clusters at once")
	flag.DurationVar(&b.restTime, "rest", 10*time.Minute, "time at rest")
	flag.BoolVar(&quick, "quick", false, "50 clusters at once, one minute at rest")
	flag.Parse()
	b.crds = filepath.Dir(filepath.Dir(jar)) + "/kubernetes"
	b.changeCount, b.restClusters = 20, 50
	if quick {
		counts, b.restTime = "50", time.Minute
	}
	for _, text := range strings.Split(counts, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			fail(err)
		}
		b.counts = append(b.counts, n)
	}
	if only != "native" {
		b.builds = append(b.builds, Build{"JVM", []string{java, "-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar}})
	}
	if _, err := os.Stat(native); err != nil {
		say("there is no %s (make native), so only the JVM build is measured", native)
	} else if only != "jvm" {
		b.builds = append(b.builds, Build{"native", []string{native}})
	}
	if len(b.builds) == 0 {
		fail(fmt.Errorf("nothing to measure"))
	}

	// As the first process of its namespace this takes all others with it.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	go func() { <-signals; os.Exit(130) }()

	b.state = filepath.Dir(b.bin) + "/bench/state"
	if err := enter(b.state); err != nil {
		fail(err)
	}
	if err := b.world.serveWeaviate(); err != nil {
		fail(err)
	}
	if err := b.measure(); err != nil {
		fail(err)
	}
	page := b.page()
	fmt.Print(page)
	if err := os.WriteFile(out, []byte(page), 0o644); err != nil {
		fail(err)
	}
}

func fail(err error) {
	say("%v", err)
	os.Exit(1)
}

func (b *Bench) measure() error {
	var template []Child
	for _, build := range b.builds {
		result := &Result{Many: map[int]*Burst{}}
		b.results[build.name] = result
		var err error
		if template, err = b.one(build, result); err != nil {
			return err
		}
		for _, n := range b.counts {
			if err := b.many(build, n, template, result); err != nil {
				return err
			}
		}
		if len(result.Failed) > 0 {
			say("FINDING: %s: failed requests: %s%s", build.name, result.Failed.kinds(), result.Failed.examples())
		}
	}
	b.children = len(template)
	for _, n := range append([]int{1}, b.counts...) {
		took, err := b.floor(n, template)
		if err != nil {
			return err
		}
		b.floors[n] = took
	}
	return nil
}
