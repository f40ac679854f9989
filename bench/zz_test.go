package main
import ("testing";"os";"runtime/pprof";"time";"fmt";"path/filepath";"runtime";"ficus/internal/manuscript")
func TestDump(t *testing.T){ dir:=os.Getenv("DUMP"); if dir==""{return}
 for _,w:=range append(worstFiles(),largeNovels()...){ os.WriteFile(filepath.Join(dir,w.name),w.make(),0o600)} }
func TestProf(t *testing.T){ f:=os.Getenv("PROF"); if f==""{return}
 data,_:=os.ReadFile(f)
 out,_:=os.Create("/tmp/worst/cpu.prof"); pprof.StartCPUProfile(out)
 for range 5 { runtime.GC(); a:=time.Now(); manuscript.Read(data,manuscript.Options{Name:filepath.Base(f)}); fmt.Println(time.Since(a)) }
 pprof.StopCPUProfile() }
