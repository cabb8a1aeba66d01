package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Object is any Kubernetes object, and Meta the part of it that is looked at.
type Object map[string]any

type Meta struct {
	Kind     string
	Metadata struct {
		Name, Namespace, UID, ResourceVersion string
		Labels                                map[string]string
	}
}

const (
	merge = "application/merge-patch+json"
	apply = "application/apply-patch+yaml"
)

// API is a bare client: HTTP/1.1, connections kept.
type API struct {
	http  *http.Client
	token string
}

func newAPI(token string) *API {
	return &API{token: token, http: &http.Client{Transport: &http.Transport{
		TLSClientConfig:     &tls.Config{InsecureSkipVerify: true}, // within the private network namespace
		MaxIdleConnsPerHost: 32,
	}}}
}

func (a *API) do(method, path, kind string, body any, into any) error {
	var reader io.Reader
	if body != nil {
		data, ok := body.([]byte)
		if !ok {
			var err error
			if data, err = json.Marshal(body); err != nil {
				return err
			}
		}
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, server+path, reader)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	request.Header.Set("Content-Type", kind)
	reply, err := a.http.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(reply.Body, 500))
		return fmt.Errorf("%s %s: %d %s", method, path, reply.StatusCode, text)
	}
	if into == nil {
		_, err = io.Copy(io.Discard, reply.Body)
		return err
	}
	return json.NewDecoder(reply.Body).Decode(into)
}

// list calls each with every item as it stands in the reply, and returns the list's version.
func (a *API) list(path string, each func(json.RawMessage)) (string, error) {
	var list struct {
		Metadata struct{ ResourceVersion string }
		Items    []json.RawMessage
	}
	if err := a.do("GET", path, "", nil, &list); err != nil {
		return "", err
	}
	for _, item := range list.Items {
		each(item)
	}
	return list.Metadata.ResourceVersion, nil
}

// watch lists and then watches until stop is closed; each is called from one goroutine.
func (a *API) watch(path string, stop <-chan struct{}, each func(event string, object json.RawMessage)) error {
	version, err := a.list(path, func(object json.RawMessage) { each("ADDED", object) })
	if err != nil {
		return err
	}
	request, err := http.NewRequest("GET", server+path+"?watch=1&timeoutSeconds=86400&resourceVersion="+version, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	reply, err := a.http.Do(request)
	if err != nil {
		return err
	}
	go func() {
		<-stop
		reply.Body.Close()
	}()
	go func() {
		decoder := json.NewDecoder(reply.Body)
		for {
			var event struct {
				Type   string
				Object json.RawMessage
			}
			if err := decoder.Decode(&event); err != nil {
				select {
				case <-stop:
				default:
					say("watch of %s ended: %v", path, err)
				}
				return
			}
			each(event.Type, event.Object)
		}
	}()
	return nil
}

// Sightings notes when an object was first seen, and wakes those who wait for it.
type Sightings struct {
	lock  sync.Mutex
	first map[string]time.Time
	last  time.Time
}

func newSightings() *Sightings { return &Sightings{first: map[string]time.Time{}} }

func (s *Sightings) saw(key string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if _, known := s.first[key]; !known {
		s.last = time.Now()
		s.first[key] = s.last
	}
}

func (s *Sightings) at(key string) (time.Time, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	at, ok := s.first[key]
	return at, ok
}

// all is when the last of the keys was seen, and how many still are not.
func (s *Sightings) all(keys []string) (last time.Time, missing int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, key := range keys {
		at, ok := s.first[key]
		if !ok {
			missing++
		} else if at.After(last) {
			last = at
		}
	}
	return last, missing
}

// parallel calls work with 0..count-1 on 16 workers and returns the first error.
func parallel(count int, work func(int) error) error {
	var group sync.WaitGroup
	next, errors := make(chan int), make(chan error, 16)
	for range 16 {
		group.Go(func() {
			var failed error
			for i := range next {
				if failed == nil {
					failed = work(i)
				}
			}
			errors <- failed
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	group.Wait()
	for range 16 {
		if err := <-errors; err != nil {
			return err
		}
	}
	return nil
}
