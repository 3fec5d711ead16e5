using WsAot.Processes;
using WsAot.TestKit.Sockets;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Processes;

/// <summary>What sd_notify(3) has a service say.</summary>
public sealed class ServiceManagerTests
{
    private readonly ListLog _log = new();
    private readonly ManualTime _time = new(nowMs: 1234);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_told_all_that_happens(bool isAbstract)
    {
        using var socket = new NotifySocket(isAbstract);
        ServiceManager manager = ServiceManager.At(socket.Name, _log, _time)!;
        manager.Ready(["ws://127.0.0.1:1", "wss://127.0.0.1:2"]);
        Assert.Equal("READY=1\nSTATUS=Listening on ws://127.0.0.1:1, wss://127.0.0.1:2", socket.TryReceive());
        manager.Reloading();
        Assert.Equal("RELOADING=1\nMONOTONIC_USEC=1234000", socket.TryReceive());
        manager.Reloaded(isTaken: true);
        Assert.Equal("READY=1\nSTATUS=Listening on ws://127.0.0.1:1, wss://127.0.0.1:2", socket.TryReceive());
        manager.Feed();
        Assert.Equal("WATCHDOG=1", socket.TryReceive());
        manager.OnStopping(isHandedOver: false);
        Assert.Equal("STOPPING=1\nSTATUS=Stopping", socket.TryReceive());
        manager.OnProgress(3, 10);
        Assert.Equal("STATUS=Stopping: 3 of 10 connections are left", socket.TryReceive());
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void A_process_that_has_been_taken_over_says_no_more()
    {
        using var socket = new NotifySocket();
        ServiceManager manager = ServiceManager.At(socket.Name, _log, _time)!;
        manager.HandOver(4711);
        Assert.Equal("MAINPID=4711", socket.TryReceive());
        manager.OnStopping(isHandedOver: true);
        manager.OnProgress(1, 2);
        manager.Feed();
        Assert.Null(socket.TryReceive());
    }

    [Fact]
    public void A_stop_is_told_by_the_server()
    {
        using var socket = new NotifySocket();
        using var server = new TestServer();
        server.Server.Lifetime.StopObserver = ServiceManager.At(socket.Name, _log, _time);
        _ = server.Server.StopAsync();
        Assert.Equal("STOPPING=1\nSTATUS=Stopping", socket.TryReceive());
    }

    [Fact]
    public void Where_it_cannot_be_told_the_log_says_so_once()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), $"wsaot-{Guid.NewGuid():n}");
        ServiceManager manager = ServiceManager.At(nowhere, _log, _time)!;
        manager.Feed();
        manager.Feed();
        Assert.Contains(nowhere, Assert.Single(_log.Entries, static entry => entry.Id == 77).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("vsock:2:1234")]
    [InlineData("/far/too/long")]
    public void An_address_of_another_kind_is_not_used(string path)
    {
        if (path.StartsWith("/far", StringComparison.Ordinal)) path += new string('g', 108);
        Assert.Null(ServiceManager.At(path, _log, _time));
        Assert.Single(_log.Entries, static entry => entry.Id == 77);
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "17", 30.0)]
    [InlineData("30000000", "18", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdog_is_for_this_process_only(string? microseconds, string? processId, double? seconds) =>
        Assert.Equal(seconds, ServiceManager.ReadWatchdog(microseconds, processId, ownId: 17)?.TotalSeconds);
}
