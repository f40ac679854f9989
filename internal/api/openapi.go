package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// describe writes the OpenAPI description once; the library's own examples,
// which name other hosts, are left out.
func describe(api huma.API) ([]byte, error) {
	for _, schema := range api.OpenAPI().Components.Schemas.Map() {
		for _, property := range schema.Properties {
			property.Examples = nil
		}
	}
	said, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe the api: %w", err)
	}
	return said, nil
}

// showOpenAPI answers the description.
func (d *door) showOpenAPI(to http.ResponseWriter, _ *http.Request) {
	to.Header().Set("Content-Type", "application/json")
	_, _ = to.Write(d.openAPI) // the caller has gone: nobody is left to tell
}
