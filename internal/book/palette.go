package book

import (
	"hash/fnv"
	"image/color"
	"strings"
)

// palette is the dress of one cover: the cloth, the ornament printed on it,
// the paper of the label and the two inks on the label.
type palette struct {
	cloth, print, paper, ink, second color.RGBA
}

// The paper and the ink of every label; the cloth alone tells fandoms apart.
var (
	labelPaper = rgb(0xFBFAF6)
	labelInk   = rgb(0x211E1A)
)

// cloths are the colours a cover may be bound in, each with the tone its
// ornament is printed in. A cloth is dark enough to be ink on the label.
var cloths = [...][2]uint32{
	{0x17594A, 0x2C7361}, // ficus green
	{0x5A2E5D, 0x764879}, // plum
	{0x1F3F66, 0x385A83}, // ink blue
	{0x7A2620, 0x964038}, // oxblood
	{0x5C421E, 0x785C35}, // umber
	{0x3A444B, 0x56616A}, // slate
	{0x4A5320, 0x656F37}, // olive
	{0x0F4F5C, 0x2A6A78}, // teal
	{0x73401A, 0x90592F}, // chestnut
	{0x40305E, 0x5B4A7B}, // violet
	{0x28502F, 0x416C48}, // moss
	{0x6B2545, 0x883F60}, // mulberry
}

// paletteFor picks the dress by the fandom, so that one fandom's books look
// like one another on a shelf. Letter case and space around a name do not
// matter.
func paletteFor(fandom string) palette {
	pair := cloths[hashOf(fandom)%uint64(len(cloths))]
	return palette{
		cloth:  rgb(pair[0]),
		print:  rgb(pair[1]),
		paper:  labelPaper,
		ink:    labelInk,
		second: rgb(pair[0]),
	}
}

// hashOf is a stable number for a name.
func hashOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(strings.TrimSpace(name))))
	return h.Sum64()
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}
