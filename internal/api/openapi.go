package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// describe writes the OpenAPI description once; the library's own examples,
// which name other hosts, are left out.
func describe(api huma.API) (map[string]json.RawMessage, error) {
	for _, schema := range api.OpenAPI().Components.Schemas.Map() {
		for _, property := range schema.Properties {
			property.Examples = nil
		}
	}
	said, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe the api: %w", err)
	}
	var parts map[string]json.RawMessage
	return parts, json.Unmarshal(said, &parts)
}

// showOpenAPI answers the description, under the name the archive has now.
func (d *door) showOpenAPI(to http.ResponseWriter, r *http.Request) {
	info := map[string]string{}
	err := json.Unmarshal(d.openAPI["info"], &info)
	parts := maps.Clone(d.openAPI)
	if err == nil {
		info["title"] = d.Site.Live().Name
		parts["info"], err = json.Marshal(info)
	}
	if err != nil {
		d.send(to, d.refuse(r.Context(), callerOf(r.Context()), err))
		return
	}
	to.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(to).Encode(parts) // the caller has gone: nobody is left to tell
}
