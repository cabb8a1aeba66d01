package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// nodes of each measured cluster.
const clusterSize = 3

const clustersPath = "/apis/weaviate.io/v1/namespaces/" + namespace + "/weaviateclusters"

// Scene is a fresh control plane with everything that looks at it.
type Scene struct {
	plane *Plane
	api   *API
	seen  *Sightings

	lock    sync.Mutex
	waiting map[string]string // clusters that are not ready, and why
}

// Result is what was measured of one build.
type Result struct {
	Start, Single, Change []time.Duration
	StartLists            int
	Idle                  Memory
	Many                  map[int]*Burst
	Rest                  time.Duration
	RestClusters          int
	RestRequests          Requests
	RestCPU               float64
	Failed                Requests
	Complaints            int
}

// Burst is many clusters at once.
type Burst struct {
	Children, Ready time.Duration
	Memory          Memory
	CPU             float64
	Requests        Requests
}

func newScene(b *Bench) (*Scene, error) {
	plane, err := startPlane(b.bin, b.root, b.crds, b.state)
	if err != nil {
		return nil, err
	}
	s := &Scene{plane: plane, api: newAPI("admin"), seen: newSightings(), waiting: map[string]string{}}
	if err := s.look(b.world); err != nil {
		plane.Close()
		return nil, err
	}
	return s, nil
}

func (s *Scene) look(world *World) error {
	if err := world.follow(s.api, s.plane.stop); err != nil {
		return err
	}
	for kind, base := range childKinds {
		err := s.api.watch(base+"/namespaces/"+namespace+"/"+kind, s.plane.stop, func(event string, raw json.RawMessage) {
			var object struct {
				Meta
				Spec struct {
					Template struct {
						Metadata struct{ Annotations map[string]string }
					}
				}
			}
			if json.Unmarshal(raw, &object) != nil {
				return
			}
			s.seen.saw(kind + "/" + object.Metadata.Name)
			if change := object.Spec.Template.Metadata.Annotations["bench/change"]; kind == "statefulsets" && change != "" {
				s.seen.saw("change/" + object.Metadata.Name + "/" + change)
			}
		})
		if err != nil {
			return err
		}
	}
	return s.api.watch(clustersPath, s.plane.stop, func(event string, raw json.RawMessage) { s.sawCluster(raw) })
}

func (s *Scene) sawCluster(raw json.RawMessage) {
	var cluster struct {
		Metadata struct {
			Name       string
			Generation int64
		}
		Status struct {
			ObservedGeneration int64
			Conditions         []struct{ Type, Status, Reason, Message string }
		}
	}
	if json.Unmarshal(raw, &cluster) != nil {
		return
	}
	why := "nothing is reported"
	for _, condition := range cluster.Status.Conditions {
		if condition.Type == "Ready" {
			why = condition.Reason + ": " + condition.Message
			if condition.Status == "True" && cluster.Status.ObservedGeneration == cluster.Metadata.Generation {
				why = ""
			}
		}
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if why == "" {
		delete(s.waiting, cluster.Metadata.Name)
		s.seen.saw("ready/" + cluster.Metadata.Name)
	} else {
		s.waiting[cluster.Metadata.Name] = why
	}
}

// allReady waits for every cluster; a cluster that is never ready is a finding, not the end.
func (s *Scene) allReady(limit time.Duration) {
	example := ""
	if await(limit, "", func() bool {
		s.lock.Lock()
		defer s.lock.Unlock()
		for name, why := range s.waiting {
			example = name + ": " + why
		}
		return len(s.waiting) == 0
	}) != nil {
		say("FINDING: %d clusters are not ready after %s, for instance %s", len(s.waiting), limit, example)
	}
}

func (s *Scene) create(name string) error {
	s.lock.Lock()
	s.waiting[name] = "new"
	s.lock.Unlock()
	return s.api.do("POST", clustersPath, "application/json", cluster(name, clusterSize), nil)
}

// created waits for the keys and returns the time from began until the last of them was seen.
func (s *Scene) created(began time.Time, keys []string, limit time.Duration) (time.Duration, error) {
	var last time.Time
	var missing int
	err := await(limit, "", func() bool { last, missing = s.seen.all(keys); return missing == 0 })
	if err != nil {
		return 0, fmt.Errorf("%d of %d children were not made within %s", missing, len(keys), limit)
	}
	return last.Sub(began), nil
}

// one measures single clusters, changes, and rest; it returns the template of the children as well.
func (b *Bench) one(build Build, result *Result) ([]Child, error) {
	s, err := newScene(b)
	if err != nil {
		return nil, err
	}
	defer s.plane.Close()
	for range 5 {
		operator, err := startOperator(s.plane, build, false)
		if err != nil {
			return nil, err
		}
		result.Start = append(result.Start, operator.ready)
		time.Sleep(2 * time.Second)
		if took := operator.stop(); took > 5*time.Second {
			say("FINDING: it takes %s to stop", took.Round(time.Millisecond))
		}
	}
	starts := s.plane.audit.since(operatorUser)
	say("%s: ready after %v; requests of five starts: %s", build.name, result.Start, starts.kinds())
	result.Failed = append(result.Failed, starts.failed()...)

	operator, err := startOperator(s.plane, build, true)
	if err != nil {
		return nil, err
	}
	defer operator.stop()
	time.Sleep(40 * time.Second)
	result.Idle = operator.memory()
	result.StartLists = len(s.plane.audit.since(operatorUser).withoutLease())
	say("%s: idle %+.0f", build.name, result.Idle)

	template, err := b.singles(s, result)
	if err == nil {
		err = b.changes(s, result)
	}
	if err == nil {
		err = b.rest(s, operator, template, result)
	}
	b.complain(operator, result)
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, operator.tail())
	}
	return template, err
}

func (b *Bench) singles(s *Scene, result *Result) ([]Child, error) {
	var template []Child
	for i := range 6 { // the first one tells what a cluster's children are
		began := time.Now()
		if err := s.create(clusterName(i)); err != nil {
			return nil, err
		}
		if i > 0 {
			took, err := s.created(began, keysOf(template, i), 60*time.Second)
			if err != nil {
				return nil, err
			}
			result.Single = append(result.Single, took)
		}
		s.allReady(60 * time.Second)
		time.Sleep(2 * time.Second)
		requests := s.plane.audit.since(operatorUser).withoutLease()
		if i == 0 || i == 5 {
			say("requests for cluster %d: %s", i, requests.kinds())
			say("%d statuses repeat the one before; all:%s", len(requests.repeats()), requests.bodies(clusterName(i)))
		}
		result.Failed = append(result.Failed, requests.failed()...)
		if i == 0 {
			var err error
			if template, err = s.children(clusterName(0)); err != nil {
				return nil, err
			}
			say("children of a cluster: %v", keysOf(template, 0))
		}
	}
	say("children of a new cluster exist after %v", result.Single)
	return template, nil
}

func (b *Bench) changes(s *Scene, result *Result) error {
	for i := range b.changeCount {
		name, value := clusterName(1+i%5), fmt.Sprint("v", i)
		err := s.api.do("PATCH", clustersPath+"/"+name, merge, Object{"spec": Object{"podAnnotations": Object{"bench/change": value}}}, nil)
		if err != nil {
			return err
		}
		changed := time.Now()
		took, err := s.created(changed, []string{"change/" + name + "/" + value}, 30*time.Second)
		if err != nil {
			return err
		}
		result.Change = append(result.Change, took)
		time.Sleep(time.Second)
	}
	// The pods of a cluster are replaced one by one, with a pause after each.
	s.allReady(3 * time.Minute)
	requests := s.plane.audit.since(operatorUser).withoutLease()
	result.Failed = append(result.Failed, requests.failed()...)
	say("a change reaches the child after %v", result.Change)
	say("requests of %d changes: %s", b.changeCount, requests.kinds())
	say("%d of the statuses repeat the one before", len(requests.repeats()))
	return nil
}

func (b *Bench) rest(s *Scene, operator *Operator, template []Child, result *Result) error {
	began := time.Now()
	if err := parallel(b.restClusters-6, func(i int) error { return s.create(clusterName(6 + i)) }); err != nil {
		return err
	}
	if _, err := s.created(began, keysOf(template, upTo(b.restClusters)...), 120*time.Second); err != nil {
		return err
	}
	s.allReady(2 * time.Minute)
	time.Sleep(20 * time.Second)
	result.Failed = append(result.Failed, s.plane.audit.since(operatorUser).failed()...)
	say("%d clusters at rest for %s", b.restClusters, b.restTime)
	cpu, logged := operator.cpu(), operator.log()
	time.Sleep(b.restTime)
	result.Rest, result.RestClusters, result.RestCPU = b.restTime, b.restClusters, operator.cpu()-cpu
	result.RestRequests = s.plane.audit.since(operatorUser)
	result.Failed = append(result.Failed, result.RestRequests.failed()...)
	say("at rest: %s", result.RestRequests.kinds())
	if writes := result.RestRequests.withoutLease().writes(); len(writes) > 0 {
		say("FINDING: writes at rest: %s%s", writes.kinds(), writes.examples())
		say("its log meanwhile: %s", strings.TrimPrefix(operator.log(), logged))
	}
	return nil
}

// many measures n clusters at once.
func (b *Bench) many(build Build, n int, template []Child, result *Result) error {
	s, err := newScene(b)
	if err != nil {
		return err
	}
	defer s.plane.Close()
	operator, err := startOperator(s.plane, build, true)
	if err != nil {
		return err
	}
	defer operator.stop()
	time.Sleep(5 * time.Second)
	s.plane.audit.since(operatorUser)
	cpu, began := operator.cpu(), time.Now()
	if err := parallel(n, func(i int) error { return s.create(clusterName(i)) }); err != nil {
		return err
	}
	burst := &Burst{}
	if burst.Children, err = s.created(began, keysOf(template, upTo(n)...), 5*time.Minute); err != nil {
		say("FINDING: %v; %s", err, operator.tail())
	}
	s.allReady(10 * time.Minute)
	burst.Ready = time.Since(began)
	time.Sleep(20 * time.Second)
	burst.Memory, burst.CPU = operator.memory(), operator.cpu()-cpu
	burst.Requests = s.plane.audit.since(operatorUser).withoutLease()
	result.Many[n] = burst
	result.Failed = append(result.Failed, burst.Requests.failed()...)
	say("%s, %d clusters: children after %.2f s, ready after %.1f s, memory %+.0f, CPU %.1f s", build.name, n, burst.Children.Seconds(), burst.Ready.Seconds(), burst.Memory, burst.CPU)
	say("requests: %s; %d statuses repeat the one before; %v", burst.Requests.kinds(), len(burst.Requests.repeats()), burst.Requests.reasons())
	b.complain(operator, result)
	return nil
}

func (b *Bench) complain(operator *Operator, result *Result) {
	count, first := operator.complaints()
	result.Complaints += count
	if count > 0 {
		say("FINDING: %d warnings and errors in the log:\n    %s", count, strings.Join(first, "\n    "))
	}
}

// floor writes the same children for n clusters with nothing but server-side apply.
func (b *Bench) floor(n int, template []Child) (time.Duration, error) {
	s, err := newScene(b)
	if err != nil {
		return 0, err
	}
	defer s.plane.Close()
	time.Sleep(5 * time.Second)
	client := newAPI("floor")
	began := time.Now()
	err = parallel(n, func(i int) error {
		for index, key := range keysOf(template, i) {
			kind, name, _ := strings.Cut(key, "/")
			body := strings.ReplaceAll(template[index].object, clusterName(0), clusterName(i))
			path := childKinds[kind] + "/namespaces/" + namespace + "/" + kind + "/" + name + "?fieldManager=floor&force=true"
			if err := client.do("PATCH", path, apply, []byte(body), nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	took, err := s.created(began, keysOf(template, upTo(n)...), 5*time.Minute)
	say("floor, %d clusters: %.2f s", n, took.Seconds())
	return took, err
}
