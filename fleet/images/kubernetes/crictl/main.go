// The little of crictl that a restore needs, with the real one's words, since no Debian release has it:
//
//	crictl ps [-a] [-q | -o json] [--label KEY=VALUE] [--name REGEXP] [--state STATE]
//	crictl stop [--timeout SECONDS] ID...
//	crictl rm ID...
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"google.golang.org/grpc"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

const (
	socket     = "unix:///run/containerd/containerd.sock"
	askedLimit = 10 * time.Second
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "crictl: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("ps, stop or rm")
	}
	limit, cancel := context.WithTimeout(context.Background(), askedLimit)
	defer cancel()
	connection, err := grpc.DialContext(limit, socket, grpc.WithInsecure(), grpc.WithBlock())
	if err != nil {
		return fmt.Errorf("%s: %v", socket, err)
	}
	defer connection.Close()
	runtime := cri.NewRuntimeServiceClient(connection)
	switch arguments[0] {
	case "ps":
		return list(runtime, arguments[1:])
	case "stop":
		return stop(runtime, arguments[1:])
	case "rm":
		return remove(runtime, arguments[1:])
	default:
		return fmt.Errorf("%s is not among ps, stop, rm", arguments[0])
	}
}

func list(runtime cri.RuntimeServiceClient, arguments []string) error {
	flags := pflag.NewFlagSet("ps", pflag.ContinueOnError)
	all := flags.BoolP("all", "a", false, "stopped ones too")
	quiet := flags.BoolP("quiet", "q", false, "IDs only")
	label := flags.StringToString("label", nil, "KEY=VALUE")
	name := flags.String("name", "", "regular expression over the container's name")
	state := flags.StringP("state", "s", "", "Created, Running, Exited or Unknown")
	output := flags.StringP("output", "o", "table", "table or json")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if *output != "table" && *output != "json" {
		return fmt.Errorf("-o %s is not among table, json", *output)
	}
	pattern, err := regexp.Compile(*name)
	if err != nil {
		return err
	}
	filter := &cri.ContainerFilter{LabelSelector: *label}
	if *state == "" && !*all {
		*state = "Running"
	}
	if *state != "" {
		number, known := cri.ContainerState_value["CONTAINER_"+strings.ToUpper(*state)]
		if !known {
			return fmt.Errorf("--state %s is unknown", *state)
		}
		filter.State = &cri.ContainerStateValue{State: cri.ContainerState(number)}
	}
	limit, cancel := context.WithTimeout(context.Background(), askedLimit)
	defer cancel()
	answer, err := runtime.ListContainers(limit, &cri.ListContainersRequest{Filter: filter})
	if err != nil {
		return err
	}
	var matching []*cri.Container
	for _, container := range answer.Containers {
		if pattern.MatchString(container.Metadata.Name) {
			matching = append(matching, container)
		}
	}
	if *output == "json" && !*quiet {
		return printJSON(matching)
	}
	for _, container := range matching {
		if *quiet {
			fmt.Println(container.Id)
			continue
		}
		fmt.Printf("%.13s  %-10s %-28s attempt %d  pod %.13s\n", container.Id,
			strings.TrimPrefix(container.State.String(), "CONTAINER_"), container.Metadata.Name,
			container.Metadata.Attempt, container.PodSandboxId)
	}
	return nil
}

// printJSON writes what the real one writes: the runtime's answer with protobuf's names for fields and states.
func printJSON(containers []*cri.Container) error {
	shown := []map[string]interface{}{}
	for _, container := range containers {
		shown = append(shown, map[string]interface{}{
			"id":           container.Id,
			"podSandboxId": container.PodSandboxId,
			"metadata":     map[string]interface{}{"name": container.Metadata.Name, "attempt": container.Metadata.Attempt},
			"image":        map[string]string{"image": container.Image.Image},
			"imageRef":     container.ImageRef,
			"state":        container.State.String(),
			"labels":       container.Labels,
		})
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(map[string]interface{}{"containers": shown})
}

func stop(runtime cri.RuntimeServiceClient, arguments []string) error {
	flags := pflag.NewFlagSet("stop", pflag.ContinueOnError)
	// As in the real one, nothing said means no grace at all.
	grace := flags.Int64P("timeout", "t", 0, "seconds before it is killed")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	for _, id := range flags.Args() {
		limit, cancel := context.WithTimeout(context.Background(), askedLimit+time.Duration(*grace)*time.Second)
		_, err := runtime.StopContainer(limit, &cri.StopContainerRequest{ContainerId: id, Timeout: *grace})
		cancel()
		if err != nil {
			return err
		}
		fmt.Println(id)
	}
	return nil
}

func remove(runtime cri.RuntimeServiceClient, ids []string) error {
	for _, id := range ids {
		limit, cancel := context.WithTimeout(context.Background(), askedLimit)
		_, err := runtime.RemoveContainer(limit, &cri.RemoveContainerRequest{ContainerId: id})
		cancel()
		if err != nil {
			return err
		}
		fmt.Println(id)
	}
	return nil
}
