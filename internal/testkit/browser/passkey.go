package browser

import (
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Device is something that holds passkeys for a tab and answers for its owner at once.
type Device struct {
	page   *Page
	id     webauthn.AuthenticatorID
	copied []*webauthn.Credential
}

// Device gives the tab a device for passkeys.
func (p *Page) Device() *Device {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, webauthn.Enable, webauthn.EnableParams{})
	p.must("let the tab have a device", err)
	made, err := chromedp.Call(p.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	})
	p.must("make a device", err)
	return &Device{page: p, id: made.AuthenticatorID}
}

// Copy remembers what the device holds, as a thief would.
func (d *Device) Copy() int {
	d.page.t.Helper()
	held, err := chromedp.Call(d.page.ctx, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: d.id})
	d.page.must("read what a device holds", err)
	d.copied = held.Credentials
	return len(d.copied)
}

// Use puts what Copy remembered in place of what the device holds.
func (d *Device) Use() {
	d.page.t.Helper()
	_, err := chromedp.Call(d.page.ctx, webauthn.ClearCredentials, webauthn.ClearCredentialsParams{AuthenticatorID: d.id})
	d.page.must("empty a device", err)
	// The library's own parameters carry fields that this device knows nothing of.
	type held struct {
		CredentialID         []byte  `json:"credentialId"`
		IsResidentCredential bool    `json:"isResidentCredential"`
		RpID                 string  `json:"rpId"`
		PrivateKey           []byte  `json:"privateKey"`
		UserHandle           []byte  `json:"userHandle"`
		SignCount            float64 `json:"signCount"`
	}
	type params struct {
		AuthenticatorID webauthn.AuthenticatorID `json:"authenticatorId"`
		Credential      held                     `json:"credential"`
	}
	add := cdp.Command[params, cdp.Empty]{Method: webauthn.CommandAddCredential}
	for _, one := range d.copied {
		_, err := chromedp.Call(d.page.ctx, add, params{d.id, held{
			one.CredentialID, one.IsResidentCredential, one.RpID, one.PrivateKey, one.UserHandle, one.SignCount,
		}})
		d.page.must("fill a device", err)
	}
}
