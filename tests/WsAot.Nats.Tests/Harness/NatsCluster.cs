using NATS.Client.Core;
using NATS.Client.JetStream;

namespace WsAot.Nats.Tests.Harness;

/// <summary>Three NATS servers that are one cluster, whose JetStream has a leader.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private readonly NatsTrio _trio;

    private NatsCluster(NatsTrio trio) => _trio = trio;

    public NatsServer[] Servers => _trio.Servers;

    public string Url => _trio.Url;

    public static async Task<NatsCluster> StartAsync()
    {
        var cluster = new NatsCluster(await NatsTrio.StartAsync());
        await cluster.WaitForLeaderAsync();
        return cluster;
    }

    /// <summary>Waits until JetStream has a leader, who knows the others.</summary>
    public async Task WaitForLeaderAsync()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = Url });
        var jetStream = new NatsJSContext(connection);
        await Wait.UntilAsync(async () =>
        {
            try
            {
                await jetStream.GetAccountInfoAsync();
                return true;
            }
            catch (Exception exception) when (exception is NatsException or OperationCanceledException)
            {
                return false;
            }
        });
    }

    public ValueTask DisposeAsync() => _trio.DisposeAsync();
}
