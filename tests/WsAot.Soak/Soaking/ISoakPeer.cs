using WsAot.Soak.Processes;

namespace WsAot.Soak.Soaking;

/// <summary>A client that connects, does its work and disconnects, again and again.</summary>
internal interface ISoakPeer
{
    Task VisitAsync(ServerUnderTest server);
}
