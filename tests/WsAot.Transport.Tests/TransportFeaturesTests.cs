using System.Reflection;
using System.Runtime.Loader;

namespace WsAot.Transport.Tests;

[Collection("Alone")]
public sealed class TransportFeaturesTests
{
    private const string Switch = "WsAot.Transport.Sockets";

    [Fact]
    public void The_sockets_transport_is_there_unless_it_is_switched_off()
    {
        Assert.True(TransportFeatures.IsSocketsSupported);
        using ServerTransport transport = ServerTransport.Create(TransportKind.Sockets, new TransportOptions());
        Assert.Equal("sockets", transport.Name);
    }

    [Fact]
    public void Switched_off_it_is_refused_in_one_line()
    {
        // The switch is read once for each copy of the assembly: this process's own has read it before, a second copy sees it off.
        Assert.True(TransportFeatures.IsSocketsSupported);
        AppContext.SetSwitch(Switch, false);
        try
        {
            var context = new AssemblyLoadContext("switched off");
            Assembly copy = context.LoadFromAssemblyPath(typeof(ServerTransport).Assembly.Location);
            Type kind = copy.GetType("WsAot.Transport.TransportKind")!, options = copy.GetType("WsAot.Transport.TransportOptions")!;
            MethodInfo create = copy.GetType("WsAot.Transport.ServerTransport")!.GetMethod("Create")!;
            object? Create(string name) => create.Invoke(null, [Enum.Parse(kind, name), Activator.CreateInstance(options), null]);
            Exception thrown = Assert.Throws<TargetInvocationException>(() => Create("Sockets")).InnerException!;
            Assert.Equal("TransportException", thrown.GetType().Name);
            Assert.Equal("The sockets transport was left out of this build: publish with -p:WsAotSocketsTransport=true.", thrown.Message);
            if (OperatingSystem.IsLinux()) Assert.NotNull(Create("Auto"));
        }
        finally
        {
            AppContext.SetSwitch(Switch, true);
        }
    }

    [Fact]
    public void TLS_on_sockets_is_there_unless_it_is_switched_off()
    {
        Assert.True(TransportFeatures.IsSslStreamSupported);
        const string SslStream = "WsAot.Transport.SslStream";
        AppContext.SetSwitch(SslStream, false);
        try
        {
            var context = new AssemblyLoadContext("without SslStream");
            Assembly copy = context.LoadFromAssemblyPath(typeof(ServerTransport).Assembly.Location);
            Type Find(string name) => copy.GetType($"WsAot.Transport.{name}")!;
            object options = Activator.CreateInstance(Find("TransportOptions"))!;
            object transport = Find("ServerTransport").GetMethod("Create")!.Invoke(
                null, [Enum.Parse(Find("TransportKind"), "Sockets"), options, null])!;
            MethodInfo createTls = Find("ServerTransport").GetMethod("CreateTls")!;
            Exception thrown = Assert.Throws<TargetInvocationException>(() => createTls.Invoke(transport, [null])).InnerException!;
            Assert.Equal("TransportException", thrown.GetType().Name);
            Assert.Equal(
                OperatingSystem.IsLinux()
                    ? "The sockets transport has no TLS in this build. Choose --transport epoll, which uses OpenSSL, or publish with "
                        + "-p:WsAotSslStream=true."
                    : "The sockets transport has no TLS in this build. Publish with -p:WsAotSslStream=true.",
                thrown.Message);
        }
        finally
        {
            AppContext.SetSwitch(SslStream, true);
        }
    }

    [Fact]
    public void Auto_is_epoll_on_linux()
    {
        using ServerTransport transport = ServerTransport.Create(TransportKind.Auto, new TransportOptions());
        Assert.Equal(OperatingSystem.IsLinux() ? "epoll" : "sockets", transport.Name);
    }
}
