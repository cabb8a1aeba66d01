package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
)

// World stands in for what simulated nodes do not have: Weaviate in the pods, and volumes for their claims.
type World struct {
	lock sync.Mutex
	pods map[string]string // IP -> name
	size int               // nodes of a cluster
}

var ordinal = regexp.MustCompile(`-\d+$`)

// serveWeaviate answers for every pod address; which cluster is meant follows from the address that was asked.
func (w *World) serveWeaviate() error {
	listener, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/nodes", w.answer(func(name string, i int) any {
		return Object{"name": name, "status": "HEALTHY", "version": weaviateVersion, "gitHash": "bench",
			"stats": Object{"shardCount": 1, "objectCount": 1000}, "shards": []any{}}
	}, "nodes"))
	mux.HandleFunc("/v1/cluster/statistics", w.answer(nil, "statistics"))
	// Nothing is stored, so nothing is being moved, and pods may be replaced.
	mux.HandleFunc("/v1/schema", constant(`{"classes":[]}`))
	mux.HandleFunc("/v1/replication/replicate/list", constant(`[]`))
	go http.Serve(listener, mux)
	return nil
}

func constant(reply string) http.HandlerFunc {
	return func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "application/json")
		out.Write([]byte(reply))
	}
}

func (w *World) answer(node func(string, int) any, list string) http.HandlerFunc {
	return func(out http.ResponseWriter, in *http.Request) {
		host, _, _ := net.SplitHostPort(in.Host)
		w.lock.Lock()
		pod := w.pods[host]
		w.lock.Unlock()
		if pod == "" {
			http.Error(out, "no such pod", http.StatusNotFound)
			return
		}
		cluster := ordinal.ReplaceAllString(pod, "")
		var nodes []any
		for i := range w.size {
			name := cluster + "-" + strconv.Itoa(i)
			if node != nil {
				nodes = append(nodes, node(name, i))
			} else {
				nodes = append(nodes, w.statistics(cluster, name, i))
			}
		}
		out.Header().Set("Content-Type", "application/json")
		json.NewEncoder(out).Encode(Object{list: nodes, "synchronized": true})
	}
}

func (w *World) statistics(cluster, name string, i int) Object {
	state := "Follower"
	if i == 0 {
		state = "Leader"
	}
	var servers []any
	for i := range w.size {
		servers = append(servers, Object{"id": cluster + "-" + strconv.Itoa(i), "address": "10.0.0.1:8300", "suffrage": 0})
	}
	return Object{"name": name, "status": "HEALTHY", "ready": true, "dbLoaded": true, "open": true, "bootstrapped": true,
		"leaderId": cluster + "-0", "leaderAddress": "10.0.0.1:8300", "isVoter": true,
		"raft": Object{"state": state, "latestConfiguration": servers}}
}

// follow learns the pods' addresses and makes a volume for each new claim.
func (w *World) follow(api *API, stop <-chan struct{}) error {
	w.lock.Lock()
	w.pods = map[string]string{}
	w.lock.Unlock()
	err := api.watch("/api/v1/namespaces/"+namespace+"/pods", stop, func(event string, raw json.RawMessage) {
		var pod struct {
			Metadata struct{ Name string }
			Status   struct{ PodIP string }
		}
		if json.Unmarshal(raw, &pod) == nil && pod.Status.PodIP != "" {
			w.lock.Lock()
			if event != "DELETED" {
				w.pods[pod.Status.PodIP] = pod.Metadata.Name
			} else if w.pods[pod.Status.PodIP] == pod.Metadata.Name {
				delete(w.pods, pod.Status.PodIP)
			}
			w.lock.Unlock()
		}
	})
	if err != nil {
		return err
	}
	claims := make(chan json.RawMessage, 10000)
	for range 4 {
		go func() {
			for raw := range claims {
				if err := volume(api, raw); err != nil {
					select {
					case <-stop:
					default:
						say("volume: %v", err)
					}
				}
			}
		}()
	}
	return api.watch("/api/v1/namespaces/"+namespace+"/persistentvolumeclaims", stop, func(event string, raw json.RawMessage) {
		if event == "ADDED" {
			claims <- raw
		}
	})
}

func volume(api *API, raw json.RawMessage) error {
	var claim struct {
		Meta
		Spec struct {
			AccessModes []string
			Resources   struct{ Requests map[string]string }
		}
	}
	if err := json.Unmarshal(raw, &claim); err != nil {
		return err
	}
	meta := claim.Metadata
	return api.do("POST", "/api/v1/persistentvolumes", "application/json", Object{
		"apiVersion": "v1", "kind": "PersistentVolume", "metadata": Object{"name": "pvc-" + meta.UID},
		"spec": Object{
			"capacity": Object{"storage": claim.Spec.Resources.Requests["storage"]}, "accessModes": claim.Spec.AccessModes,
			"storageClassName": "bench", "hostPath": Object{"path": "/tmp"},
			"claimRef": Object{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": meta.Namespace, "name": meta.Name, "uid": meta.UID},
		}}, nil)
}

const weaviateVersion = "1.35.2"

// cluster is the resource that is measured: three nodes, and defaults.
func cluster(name string, size int) Object {
	return Object{"apiVersion": "weaviate.io/v1", "kind": "WeaviateCluster",
		"metadata": Object{"name": name, "namespace": namespace},
		"spec": Object{"version": weaviateVersion, "replicas": size, "storage": Object{"size": "1Gi"},
			"resources": Object{"requests": Object{"cpu": "50m", "memory": "256Mi"}, "limits": Object{"memory": "1Gi"}}}}
}

func clusterName(i int) string { return fmt.Sprintf("wv-%03d", i) }
