package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"time"
)

// Request is one line of the audit log.
type Request struct {
	Verb, Stage, RequestURI string
	User                    struct{ Username string }
	ObjectRef               struct{ Resource, Subresource, Name string }
	ResponseStatus          struct {
		Code            int
		Message, Reason string
	}
	RequestObject struct{ Status json.RawMessage } // recorded for statuses only
}

// what names the kind of request: "patch statefulsets".
func (r Request) what() string {
	resource := r.ObjectRef.Resource
	if resource == "" {
		resource, _, _ = strings.Cut(r.RequestURI, "?")
	}
	if r.ObjectRef.Subresource != "" {
		resource += "/" + r.ObjectRef.Subresource
	}
	return r.Verb + " " + resource
}

func (r Request) writes() bool {
	switch r.Verb {
	case "create", "update", "patch", "delete", "deletecollection":
		return true
	}
	return false
}

// Audit reads the requests since it was last asked.
type Audit struct {
	file   *os.File
	reader *bufio.Reader
	rest   string
}

func openAudit(path string) (*Audit, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &Audit{file: file, reader: bufio.NewReaderSize(file, 1<<20)}, nil
}

// since returns the user's requests that were finished since the last call; a watch counts when it begins.
func (a *Audit) since(user string) Requests {
	time.Sleep(200 * time.Millisecond)
	var found Requests
	for {
		line, err := a.reader.ReadString('\n')
		a.rest += line
		if err == io.EOF {
			return found
		}
		var request Request
		if json.Unmarshal([]byte(a.rest), &request) == nil && request.User.Username == user &&
			(request.Verb == "watch") == (request.Stage == "ResponseStarted") {
			found = append(found, request)
		}
		a.rest = ""
	}
}

// Requests is what was asked in some span of time.
type Requests []Request

func (all Requests) only(keep func(Request) bool) Requests {
	var kept Requests
	for _, request := range all {
		if keep(request) {
			kept = append(kept, request)
		}
	}
	return kept
}

func (all Requests) writes() Requests { return all.only(Request.writes) }

func (all Requests) lease() Requests {
	return all.only(func(r Request) bool { return r.ObjectRef.Resource == "leases" })
}

func (all Requests) withoutLease() Requests {
	return all.only(func(r Request) bool { return r.ObjectRef.Resource != "leases" })
}

// children are the writes of objects that are neither the resource itself, nor its status, nor an event.
func (all Requests) children() Requests {
	return all.withoutLease().writes().only(func(r Request) bool {
		return r.ObjectRef.Resource != "weaviateclusters" && r.ObjectRef.Resource != "events"
	})
}

// repeats are writes of a status that say what the write before said of the same object.
func (all Requests) repeats() Requests {
	last := map[string]string{}
	return all.only(func(r Request) bool {
		if r.RequestObject.Status == nil || r.ResponseStatus.Code >= 300 {
			return false
		}
		before := last[r.ObjectRef.Name]
		last[r.ObjectRef.Name] = string(r.RequestObject.Status)
		return before == string(r.RequestObject.Status)
	})
}

// reasons counts the statuses by phase and by the reason of Ready.
func (all Requests) reasons() map[string]int {
	counts := map[string]int{}
	for _, request := range all {
		var status struct {
			Phase      string
			Conditions []struct{ Type, Reason string }
		}
		if request.RequestObject.Status == nil || json.Unmarshal(request.RequestObject.Status, &status) != nil {
			continue
		}
		for _, condition := range status.Conditions {
			if condition.Type == "Ready" {
				counts[status.Phase+"/"+condition.Reason]++
			}
		}
	}
	return counts
}

// bodies are the statuses that were written for one object.
func (all Requests) bodies(name string) string {
	var text strings.Builder
	for _, request := range all {
		if request.RequestObject.Status != nil && request.ObjectRef.Name == name {
			fmt.Fprintf(&text, "\n    %s", request.RequestObject.Status)
		}
	}
	return text.String()
}

func (all Requests) failed() Requests {
	return all.only(func(r Request) bool { return r.ResponseStatus.Code >= 400 })
}

// kinds counts by kind of request, most frequent first: "600 patch services, 200 create events".
func (all Requests) kinds() string {
	counts := map[string]int{}
	for _, request := range all {
		name := request.what()
		if request.ResponseStatus.Code >= 400 {
			name += fmt.Sprintf(" (%d)", request.ResponseStatus.Code)
		}
		counts[name]++
	}
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if counts[names[i]] != counts[names[j]] {
			return counts[names[i]] > counts[names[j]]
		}
		return names[i] < names[j]
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", counts[name], name)
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// examples shows the first few requests with what the server said.
func (all Requests) examples() string {
	var text strings.Builder
	for i, request := range all {
		if i == 5 {
			break
		}
		fmt.Fprintf(&text, "\n    %s %s: %d %s", request.Verb, request.RequestURI, request.ResponseStatus.Code, request.ResponseStatus.Message)
	}
	return text.String()
}
