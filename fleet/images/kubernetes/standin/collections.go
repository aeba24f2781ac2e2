package main

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"time"
)

// watchLimit ends a watch whose client names no limit of its own.
const watchLimit = 10 * time.Minute

// kinds of the lists that a kubelet asks for at its start, and watches from then on.
var kinds = map[string]string{
	"csidrivers":     "CSIDriverList",
	"nodes":          "NodeList",
	"pods":           "PodList",
	"runtimeclasses": "RuntimeClassList",
	"services":       "ServiceList",
}

// collections serves lists without items, and watches that tell nothing. As in the real one, no list comes without etcd.
func (api api) collections(response http.ResponseWriter, request *http.Request) {
	kind, known := kinds[path.Base(request.URL.Path)]
	if !known || request.Method != http.MethodGet {
		fail(response, http.StatusNotFound, "NotFound", request.Method+" "+request.URL.Path+" is not served here")
		return
	}
	limit, cancel := context.WithTimeout(request.Context(), requestLimit)
	defer cancel()
	if err := api.store.check(limit); err != nil {
		fail(response, http.StatusServiceUnavailable, "ServiceUnavailable", err.Error())
		return
	}
	query := request.URL.Query()
	if query.Get("watch") == "true" || query.Get("watch") == "1" {
		watch(response, request)
		return
	}
	answer(response, http.StatusOK, map[string]interface{}{
		"kind": kind, "apiVersion": version(request.URL.Path), "metadata": metadata{ResourceVersion: "1"},
		"items": []string{},
	})
}

// version of /api/v1/pods is v1, of /apis/storage.k8s.io/v1/csidrivers storage.k8s.io/v1.
func version(url string) string {
	folder := path.Dir(url)
	if path.Dir(folder) == "/api" {
		return path.Base(folder)
	}
	return path.Base(path.Dir(folder)) + "/" + path.Base(folder)
}

// watch stays open until its client goes or its time is over; a closing server does not end it.
func watch(response http.ResponseWriter, request *http.Request) {
	limit := watchLimit
	if seconds, err := strconv.Atoi(request.URL.Query().Get("timeoutSeconds")); err == nil && seconds > 0 {
		limit = time.Duration(seconds) * time.Second
	}
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(http.StatusOK)
	flusher, can := response.(http.Flusher)
	if !can {
		fmt.Println("a watch whose answer cannot be flushed")
		return
	}
	flusher.Flush()
	select {
	case <-request.Context().Done():
	case <-time.After(limit):
	}
}
