using System.Runtime.InteropServices;
unsafe { byte* p = stackalloc byte[2]; p[0]=(byte)'x'; p[1]=10; P.write(1,p,2); P.pause(); }
static unsafe partial class P { [DllImport("libc")] public static extern nint write(int fd, byte* b, nint n); [DllImport("libc")] public static extern int pause(); }
