using System.Net.Sockets;
using WsAot.Soak.Processes;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Soaking;

/// <summary>The code that all clients share.</summary>
internal static class Visit
{
    /// <summary>Only a guard for the whole life of a connection.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Connects; null if that may fail, because the server is being stopped.</summary>
    public static async Task<SoakClient?> ConnectAsync(
        SoakLoad load, ServerUnderTest server, string path, bool offersDeflate, CancellationToken cancellationToken)
    {
        try
        {
            SoakClient client = await SoakClient.ConnectAsync(server.Address, path, offersDeflate, cancellationToken);
            Interlocked.Increment(ref load.Counts.Connections);
            return client;
        }
        catch (Exception exception) when (exception is SocketException or WireException && server.IsStopping)
        {
            Interlocked.Increment(ref load.Counts.NotConnectedWhileStopping);
            return null;
        }
    }
}
