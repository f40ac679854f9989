package book

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"ficus/internal/prose"
)

// painted are pictures of every kind, each whole.
func painted(t *testing.T) map[string][]byte {
	t.Helper()
	square := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	flat := image.NewPaletted(square.Bounds(), color.Palette{color.Black, color.White, color.Gray{90}})
	for i := range square.Pix {
		square.Pix[i] = byte(i * i / 7)
	}
	for i := range flat.Pix {
		flat.Pix[i] = byte(i * i % 3)
	}
	all := map[string][]byte{}
	keep := func(kind string, encode func(*bytes.Buffer) error) {
		var out bytes.Buffer
		if err := encode(&out); err != nil {
			t.Fatal(err)
		}
		all[kind] = out.Bytes()
	}
	keep("jpeg", func(b *bytes.Buffer) error { return jpeg.Encode(b, square, nil) })
	keep("png", func(b *bytes.Buffer) error { return png.Encode(b, square) })
	keep("png of few colours", func(b *bytes.Buffer) error { return png.Encode(b, flat) })
	keep("gif", func(b *bytes.Buffer) error { return gif.Encode(b, flat, nil) })
	keep("gif that moves", func(b *bytes.Buffer) error {
		return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{flat, flat, flat}, Delay: []int{5, 5, 5}})
	})
	return all
}

// oneChapter is a book that shows a picture.
func oneChapter(data []byte) Book {
	shown := prose.Document{Blocks: []prose.Block{prose.Para("The lamp."), {Kind: prose.Image, Src: "lamp", Alt: "A lamp"}}}
	return Book{
		Title: "Salt", Language: "en", Voice: Speaking("en"), Chapters: []Chapter{{ID: 7, Body: shown}},
		Pictures: func(string) ([]byte, string, error) { return data, "", nil },
	}
}

func chapterOf(t *testing.T, bound []byte) (page string, pictures int) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(bound), int64(len(bound)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "EPUB/picture-") {
			pictures++
		}
		if f.Name != "EPUB/c-7.xhtml" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		page = string(text)
	}
	return page, pictures
}

func TestAPictureThatBreaksOffIsLeftOutWithItsWords(t *testing.T) {
	cases := map[string][]byte{"webp": []byte("RIFF\x24\x00\x00\x00WEBPVP8L"), "nothing": nil}
	for kind, data := range painted(t) {
		if page, pictures := bindsPicture(t, data); pictures != 1 || !strings.Contains(page, `alt="A lamp"`) {
			t.Errorf("a whole %s is not bound: %s", kind, page)
		}
		for _, end := range []int{len(data) * 1 / 10, len(data) / 2, len(data) * 9 / 10, len(data) - 1} {
			cases[fmt.Sprintf("%s cut at %d of %d", kind, end, len(data))] = data[:end]
		}
		hole := bytes.Clone(data)
		for i := len(hole) / 2; i < len(hole); i++ {
			hole[i] = 0
		}
		cases[kind+" with nothing in its second half"] = hole
	}
	cases["png of few bytes that says it is large"] = wide(painted(t)["png"], 6000, 6000)
	cases["png larger than any"] = wide(painted(t)["png"], 60_000, 60_000)
	for what, data := range cases {
		if page, pictures := bindsPicture(t, data); pictures != 0 || !strings.Contains(page, "[Picture: A lamp]") || strings.Contains(page, "<img") {
			t.Errorf("a %s leaves %d pictures and the page %s", what, pictures, page)
		}
	}
}

// bindsPicture binds a picture in a single book and in one of several works,
// which say the same of it.
func bindsPicture(t *testing.T, data []byte) (page string, pictures int) {
	t.Helper()
	var single, several bytes.Buffer
	b := oneChapter(data)
	if err := WriteEPUB(&single, b); err != nil {
		t.Fatal(err)
	}
	if err := WriteVolume(&several, Volume{Title: "All", Voice: Speaking("en"), Works: 1, Work: func(int) (Book, error) { return b, nil }}); err != nil {
		t.Fatal(err)
	}
	page, pictures = chapterOf(t, single.Bytes())
	if other, n := chapterOf(t, several.Bytes()); other != page || n != pictures {
		t.Errorf("a book of several works holds %d pictures and says %s", n, other)
	}
	return page, pictures
}

// wide is a PNG whose head says another size.
func wide(data []byte, width, height uint32) []byte {
	out := bytes.Clone(data)
	binary.BigEndian.PutUint32(out[16:], width)
	binary.BigEndian.PutUint32(out[20:], height)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

// A writer's own cover that breaks off is drawn instead.
func TestACoverThatBreaksOffIsDrawn(t *testing.T) {
	b := oneChapter(painted(t)["jpeg"][:200])
	b.Cover.Picture = "cover"
	var out bytes.Buffer
	if err := WriteEPUB(&out, b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	in, err := z.Open("EPUB/cover.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := jpeg.Decode(in); err != nil {
		t.Errorf("the cover cannot be read: %v", err)
	}
}

func FuzzWholePictures(f *testing.F) {
	for _, seed := range []string{"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", "\xff\xd8\xff\xda\x00\x02x\xff\xd9", "\x89PNG\r\n\x1a\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		for _, kind := range []string{"jpeg", "png", "gif"} {
			whole(kind, image.Config{Width: 9, Height: 9}, data)
		}
	})
}
