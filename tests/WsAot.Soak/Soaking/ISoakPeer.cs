using WsAot.Soak.Processes;

namespace WsAot.Soak.Soaking;

/// <summary>A client that comes, does its thing and goes, again and again.</summary>
internal interface ISoakPeer
{
    Task VisitAsync(ServerUnderTest server);
}
