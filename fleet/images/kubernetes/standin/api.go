package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/ioutil"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	readyLimit   = 2 * time.Second
	requestLimit = 5 * time.Second
	largestBody  = 1 << 20
)

type metadata struct {
	Name            string            `json:"name,omitempty"`
	Namespace       string            `json:"namespace,omitempty"`
	ResourceVersion string            `json:"resourceVersion,omitempty"`
	Labels          map[string]string `json:"labels,omitempty"`
}

type configMap struct {
	Kind       string            `json:"kind"`
	APIVersion string            `json:"apiVersion"`
	Metadata   metadata          `json:"metadata"`
	Data       map[string]string `json:"data,omitempty"`
}

type configMapList struct {
	Kind       string      `json:"kind"`
	APIVersion string      `json:"apiVersion"`
	Metadata   metadata    `json:"metadata"`
	Items      []configMap `json:"items"`
}

type api struct {
	store *store
}

func apiHandler(store *store) http.Handler {
	api := api{store}
	handler := http.NewServeMux()
	handler.HandleFunc("/livez", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprint(response, "ok") })
	handler.HandleFunc("/readyz", api.ready)
	handler.HandleFunc("/healthz", api.ready)
	handler.HandleFunc("/api/v1/namespaces/", api.configMaps)
	handler.HandleFunc("/", api.collections)
	return handler
}

func (api api) ready(response http.ResponseWriter, request *http.Request) {
	limit, cancel := context.WithTimeout(request.Context(), readyLimit)
	defer cancel()
	if err := api.store.check(limit); err != nil {
		http.Error(response, "[-]etcd failed: "+err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprint(response, "ok")
}

// configMaps serves /api/v1/namespaces/NAMESPACE/configmaps and .../configmaps/NAME.
func (api api) configMaps(response http.ResponseWriter, request *http.Request) {
	parts := strings.Split(strings.TrimPrefix(request.URL.Path, "/api/v1/namespaces/"), "/")
	if len(parts) < 2 || len(parts) > 3 || parts[0] == "" || parts[1] != "configmaps" {
		fail(response, http.StatusNotFound, "NotFound", "this stand-in knows config maps only")
		return
	}
	limit, cancel := context.WithTimeout(request.Context(), requestLimit)
	defer cancel()
	name := ""
	if len(parts) == 3 {
		name = parts[2]
	}
	switch {
	case request.Method == http.MethodGet && name == "":
		api.list(limit, response, parts[0])
	case request.Method == http.MethodGet:
		api.get(limit, response, parts[0], name)
	case request.Method == http.MethodPut && name != "":
		api.put(limit, response, request, parts[0], name)
	case request.Method == http.MethodDelete && name != "":
		api.remove(limit, response, parts[0], name)
	default:
		fail(response, http.StatusMethodNotAllowed, "MethodNotAllowed", request.Method+" is not served here")
	}
}

func (api api) list(limit context.Context, response http.ResponseWriter, namespace string) {
	found, err := api.store.list(limit, configMaps+namespace+"/")
	if err != nil {
		fail(response, http.StatusServiceUnavailable, "ServiceUnavailable", err.Error())
		return
	}
	list := configMapList{Kind: "ConfigMapList", APIVersion: "v1", Items: []configMap{}}
	list.Metadata.ResourceVersion = strconv.FormatInt(found.Header.Revision, 10)
	for _, entry := range found.Kvs {
		item, err := decode(entry.Value, entry.ModRevision)
		if err != nil {
			fail(response, http.StatusInternalServerError, "InternalError", string(entry.Key)+": "+err.Error())
			return
		}
		list.Items = append(list.Items, item)
	}
	answer(response, http.StatusOK, list)
}

func (api api) get(limit context.Context, response http.ResponseWriter, namespace, name string) {
	value, revision, err := api.store.get(limit, configMaps+namespace+"/"+name)
	switch {
	case err != nil:
		fail(response, http.StatusServiceUnavailable, "ServiceUnavailable", err.Error())
	case value == nil:
		fail(response, http.StatusNotFound, "NotFound", fmt.Sprintf("configmaps %q not found", name))
	default:
		found, err := decode(value, revision)
		if err != nil {
			fail(response, http.StatusInternalServerError, "InternalError", err.Error())
			return
		}
		answer(response, http.StatusOK, found)
	}
}

func (api api) put(
	limit context.Context, response http.ResponseWriter, request *http.Request, namespace, name string,
) {
	body, err := ioutil.ReadAll(http.MaxBytesReader(response, request.Body, largestBody))
	if err != nil {
		fail(response, http.StatusBadRequest, "BadRequest", err.Error())
		return
	}
	wanted, err := decode(body, 0)
	if err != nil {
		fail(response, http.StatusBadRequest, "BadRequest", err.Error())
		return
	}
	wanted.Kind, wanted.APIVersion = "ConfigMap", "v1"
	wanted.Metadata.Name, wanted.Metadata.Namespace, wanted.Metadata.ResourceVersion = name, namespace, ""
	value, err := json.Marshal(wanted)
	if err != nil {
		fail(response, http.StatusInternalServerError, "InternalError", err.Error())
		return
	}
	revision, err := api.store.put(limit, configMaps+namespace+"/"+name, value)
	if err != nil {
		fail(response, http.StatusServiceUnavailable, "ServiceUnavailable", err.Error())
		return
	}
	wanted.Metadata.ResourceVersion = strconv.FormatInt(revision, 10)
	answer(response, http.StatusOK, wanted)
}

func (api api) remove(limit context.Context, response http.ResponseWriter, namespace, name string) {
	existed, err := api.store.remove(limit, configMaps+namespace+"/"+name)
	switch {
	case err != nil:
		fail(response, http.StatusServiceUnavailable, "ServiceUnavailable", err.Error())
	case !existed:
		fail(response, http.StatusNotFound, "NotFound", fmt.Sprintf("configmaps %q not found", name))
	default:
		answer(response, http.StatusOK, map[string]string{"kind": "Status", "apiVersion": "v1", "status": "Success"})
	}
}

func decode(value []byte, revision int64) (configMap, error) {
	var decoded configMap
	err := json.Unmarshal(value, &decoded)
	if revision > 0 {
		decoded.Metadata.ResourceVersion = strconv.FormatInt(revision, 10)
	}
	return decoded, err
}

func fail(response http.ResponseWriter, code int, reason, message string) {
	answer(response, code, map[string]interface{}{
		"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "message": message, "code": code,
	})
}

func answer(response http.ResponseWriter, code int, body interface{}) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(code)
	if err := json.NewEncoder(response).Encode(body); err != nil {
		fmt.Printf("an answer did not reach its client: %v\n", err)
	}
}
