package main

import (
	"encoding/json"
	"slices"
	"strings"
)

var childKinds = map[string]string{ // resource -> API
	"statefulsets": "/apis/apps/v1", "deployments": "/apis/apps/v1",
	"services": "/api/v1", "secrets": "/api/v1", "serviceaccounts": "/api/v1", "configmaps": "/api/v1",
	"poddisruptionbudgets": "/apis/policy/v1", "networkpolicies": "/apis/networking.k8s.io/v1",
	"roles": "/apis/rbac.authorization.k8s.io/v1", "rolebindings": "/apis/rbac.authorization.k8s.io/v1",
}

// Child is an object that the operator makes for a cluster, in the form in which it can be applied again.
type Child struct {
	kind   string
	object string // JSON
}

// children reads the objects that a cluster owns.
func (s *Scene) children(owner string) ([]Child, error) {
	var found []Child
	for kind, base := range childKinds {
		_, err := s.api.list(base+"/namespaces/"+namespace+"/"+kind, func(raw json.RawMessage) {
			var object Object
			json.Unmarshal(raw, &object)
			meta := object["metadata"].(map[string]any)
			owners, _ := meta["ownerReferences"].([]any)
			if len(owners) != 1 || owners[0].(map[string]any)["kind"] != "WeaviateCluster" || owners[0].(map[string]any)["name"] != owner {
				return
			}
			clean := Object{"name": meta["name"], "namespace": namespace, "labels": meta["labels"]}
			if annotations, ok := meta["annotations"]; ok {
				clean["annotations"] = annotations
			}
			object["metadata"] = clean
			delete(object, "status")
			if spec, ok := object["spec"].(map[string]any); ok && kind == "services" {
				delete(spec, "clusterIPs")
				if spec["clusterIP"] != "None" {
					delete(spec, "clusterIP")
				}
			}
			object["apiVersion"] = strings.TrimPrefix(strings.TrimPrefix(base, "/apis/"), "/api/")
			object["kind"] = apiKinds[kind]
			text, _ := json.Marshal(object)
			found = append(found, Child{kind: kind, object: string(text)})
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b Child) int { return strings.Compare(a.kind+a.object, b.kind+b.object) })
	return found, nil
}

var apiKinds = map[string]string{"statefulsets": "StatefulSet", "deployments": "Deployment", "services": "Service", "secrets": "Secret",
	"serviceaccounts": "ServiceAccount", "configmaps": "ConfigMap", "poddisruptionbudgets": "PodDisruptionBudget",
	"networkpolicies": "NetworkPolicy", "roles": "Role", "rolebindings": "RoleBinding"}

// keysOf names the children of n clusters as the sightings do. The template is cluster 0's.
func keysOf(template []Child, indices ...int) []string {
	var keys []string
	for _, i := range indices {
		for _, child := range template {
			var object struct{ Metadata struct{ Name string } }
			json.Unmarshal([]byte(child.object), &object)
			keys = append(keys, child.kind+"/"+strings.Replace(object.Metadata.Name, clusterName(0), clusterName(i), 1))
		}
	}
	return keys
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
