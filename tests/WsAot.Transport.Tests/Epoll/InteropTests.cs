using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using WsAot.Transport.Epoll;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tests.Epoll;

/// <summary>Layouts and constants that must be those of the kernel, compared with the documented ABI and with the C compiler.</summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class InteropTests
{
    private const ulong Data = 0x1122_3344_5566_7700;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    [Fact]
    public void Epoll_events_have_the_stride_of_the_architecture()
    {
        Assert.Equal(IsX64 ? 12 : 16, EpollEventBuffer.Stride);
        var buffer = new EpollEventBuffer(3);
        for (uint i = 0; i < 3; i++) buffer.Set((int)i, i + 1, Data + i);
        for (uint i = 0; i < 3; i++)
        {
            Assert.Equal(i + 1, buffer.Events((int)i));
            Assert.Equal(Data + i, buffer.Data((int)i));
            byte* at = buffer.Pointer + (i * (uint)EpollEventBuffer.Stride);
            Assert.Equal(Data + i, Unsafe.ReadUnaligned<ulong>(at + (IsX64 ? 4 : 8)));
        }
    }

    [Fact]
    public void The_structs_have_the_sizes_of_sixty_four_bit_linux()
    {
        Assert.Equal((16, 56, 8), (sizeof(OutputSlice), sizeof(LibC.MsgHdr), sizeof(LibC.Linger)));
        OutputSlice slice;
        Assert.Equal((0, 8), (Offset(&slice, &slice.Start), Offset(&slice, &slice.Length)));
        LibC.MsgHdr message;
        Assert.Equal(
            (0, 8, 16, 24, 32, 40, 48),
            (Offset(&message, &message.Name), Offset(&message, &message.NameLength), Offset(&message, &message.Vectors),
             Offset(&message, &message.VectorCount), Offset(&message, &message.Control), Offset(&message, &message.ControlLength),
             Offset(&message, &message.Flags)));
        LibC.Linger linger;
        Assert.Equal((0, 4), (Offset(&linger, &linger.OnOff), Offset(&linger, &linger.Seconds)));
    }

    [GccFact]
    public void The_C_compiler_agrees_on_layouts_and_constants()
    {
        LibC.MsgHdr message;
        Dictionary<string, long> ours = new()
        {
            ["sizeof(struct epoll_event)"] = EpollEventBuffer.Stride,
            ["offsetof(struct epoll_event, data)"] = IsX64 ? 4 : 8,
            ["sizeof(struct iovec)"] = sizeof(OutputSlice),
            ["offsetof(struct iovec, iov_len)"] = 8,
            ["sizeof(struct msghdr)"] = sizeof(LibC.MsgHdr),
            ["offsetof(struct msghdr, msg_namelen)"] = Offset(&message, &message.NameLength),
            ["offsetof(struct msghdr, msg_iov)"] = Offset(&message, &message.Vectors),
            ["offsetof(struct msghdr, msg_iovlen)"] = Offset(&message, &message.VectorCount),
            ["offsetof(struct msghdr, msg_control)"] = Offset(&message, &message.Control),
            ["offsetof(struct msghdr, msg_controllen)"] = Offset(&message, &message.ControlLength),
            ["offsetof(struct msghdr, msg_flags)"] = Offset(&message, &message.Flags),
            ["sizeof(struct linger)"] = sizeof(LibC.Linger),
            ["offsetof(struct linger, l_linger)"] = 4,
            ["sizeof(struct sockaddr_in6)"] = NativeAddress.IPLength,
            ["sizeof(struct sockaddr_un)"] = NativeAddress.MaxLength,
            ["sizeof(struct sockaddr_in)"] = 16,
            ["offsetof(struct sockaddr_in, sin_addr)"] = 4,
            ["offsetof(struct sockaddr_in6, sin6_addr)"] = 8,
            ["offsetof(struct sockaddr_in6, sin6_scope_id)"] = 24,
            ["AF_INET"] = LibC.AF_INET,
            ["AF_INET6"] = LibC.AF_INET6,
            ["SOCK_STREAM"] = LibC.SOCK_STREAM,
            ["SOCK_NONBLOCK"] = LibC.SOCK_NONBLOCK,
            ["SOCK_CLOEXEC"] = LibC.SOCK_CLOEXEC,
            ["SOL_SOCKET"] = LibC.SOL_SOCKET,
            ["SO_REUSEADDR"] = LibC.SO_REUSEADDR,
            ["SO_LINGER"] = LibC.SO_LINGER,
            ["IPPROTO_TCP"] = LibC.IPPROTO_TCP,
            ["TCP_NODELAY"] = LibC.TCP_NODELAY,
            ["IPPROTO_IPV6"] = LibC.IPPROTO_IPV6,
            ["IPV6_V6ONLY"] = LibC.IPV6_V6ONLY,
            ["AF_UNIX"] = LibC.AF_UNIX,
            ["SO_ACCEPTCONN"] = LibC.SO_ACCEPTCONN,
            ["F_SETFD"] = LibC.F_SETFD,
            ["F_GETFL"] = LibC.F_GETFL,
            ["F_SETFL"] = LibC.F_SETFL,
            ["FD_CLOEXEC"] = LibC.FD_CLOEXEC,
            ["O_CLOEXEC"] = LibC.O_CLOEXEC,
            ["O_DIRECTORY"] = LibC.O_DIRECTORY,
            ["AT_FDCWD"] = LibC.AT_FDCWD,
            ["AT_SYMLINK_NOFOLLOW"] = LibC.AT_SYMLINK_NOFOLLOW,
            ["MSG_PEEK"] = LibC.MSG_PEEK,
            ["MSG_NOSIGNAL"] = LibC.MSG_NOSIGNAL,
            ["SHUT_WR"] = LibC.SHUT_WR,
            ["EPOLL_CLOEXEC"] = LibC.EPOLL_CLOEXEC,
            ["EPOLL_CTL_ADD"] = LibC.EPOLL_CTL_ADD,
            ["EPOLL_CTL_DEL"] = LibC.EPOLL_CTL_DEL,
            ["EPOLL_CTL_MOD"] = LibC.EPOLL_CTL_MOD,
            ["EPOLLIN"] = LibC.EPOLLIN,
            ["EPOLLOUT"] = LibC.EPOLLOUT,
            ["EPOLLERR"] = LibC.EPOLLERR,
            ["EPOLLHUP"] = LibC.EPOLLHUP,
            ["(unsigned)EPOLLET"] = LibC.EPOLLET,
            ["EFD_CLOEXEC"] = LibC.EFD_CLOEXEC,
            ["EFD_NONBLOCK"] = LibC.EFD_NONBLOCK,
            ["EPERM"] = Errno.EPERM,
            ["EINTR"] = Errno.EINTR,
            ["EAGAIN"] = Errno.EAGAIN,
            ["ENOMEM"] = Errno.ENOMEM,
            ["EACCES"] = Errno.EACCES,
            ["ENFILE"] = Errno.ENFILE,
            ["EMFILE"] = Errno.EMFILE,
            ["ENONET"] = Errno.ENONET,
            ["EPROTO"] = Errno.EPROTO,
            ["ENOPROTOOPT"] = Errno.ENOPROTOOPT,
            ["EOPNOTSUPP"] = Errno.EOPNOTSUPP,
            ["EAFNOSUPPORT"] = Errno.EAFNOSUPPORT,
            ["EADDRINUSE"] = Errno.EADDRINUSE,
            ["EADDRNOTAVAIL"] = Errno.EADDRNOTAVAIL,
            ["ENETDOWN"] = Errno.ENETDOWN,
            ["ENETUNREACH"] = Errno.ENETUNREACH,
            ["ECONNABORTED"] = Errno.ECONNABORTED,
            ["ENOBUFS"] = Errno.ENOBUFS,
            ["ETIMEDOUT"] = Errno.ETIMEDOUT,
            ["EHOSTDOWN"] = Errno.EHOSTDOWN,
            ["EHOSTUNREACH"] = Errno.EHOSTUNREACH,
        };
        Assert.Equal(ours, Compile(ours.Keys));
    }

    [Theory]
    [InlineData("127.0.0.1", 80, 16, "127.0.0.1")]
    [InlineData("255.1.2.3", 65535, 16, "255.1.2.3")]
    [InlineData("::1", 8080, 28, "::1")]
    [InlineData("fe80::1%7", 1, 28, "fe80::1%7")]
    [InlineData("::ffff:1.2.3.4", 9, 28, "1.2.3.4")]
    public void An_address_survives_the_way_to_the_kernel_and_back(string address, int port, int length, string expected)
    {
        Span<byte> native = stackalloc byte[NativeAddress.MaxLength];
        Assert.Equal(length, NativeAddress.Write(native, new IPEndPoint(IPAddress.Parse(address), port)));
        Assert.Equal(new IPEndPoint(IPAddress.Parse(expected), port), NativeAddress.Read(native).ToIPEndPoint());
    }

    [Fact]
    public void A_peer_address_takes_sixteen_bytes() => Assert.Equal(16, Unsafe.SizeOf<PeerAddress>());

    private static int Offset(void* of, void* field) => (int)((byte*)field - (byte*)of);

    private static Dictionary<string, long> Compile(IEnumerable<string> expressions)
    {
        string folder = Directory.CreateTempSubdirectory("wsaot-interop-").FullName;
        try
        {
            string source = Path.Combine(folder, "layout.c"), program = Path.Combine(folder, "layout");
            string lines = string.Join('\n', expressions.Select(static it => $"printf(\"%lld\\n\", (long long)({it}));"));
            File.WriteAllText(source, $$"""
                #define _GNU_SOURCE
                #include <errno.h>
                #include <fcntl.h>
                #include <netinet/in.h>
                #include <netinet/tcp.h>
                #include <stddef.h>
                #include <stdio.h>
                #include <sys/epoll.h>
                #include <sys/eventfd.h>
                #include <sys/socket.h>
                #include <sys/stat.h>
                #include <sys/uio.h>
                #include <sys/un.h>
                int main(void) {
                {{lines}}
                return 0; }
                """);
            Run("gcc", "-o", program, source);
            string[] values = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return expressions.Zip(values).ToDictionary(static it => it.First, static it => long.Parse(it.Second));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private sealed class GccFactAttribute : FactAttribute
    {
        public GccFactAttribute()
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            if (!folders.Any(static folder => File.Exists(Path.Combine(folder, "gcc")))) Skip = "The package gcc is not installed.";
        }
    }
}
