using System.Text;
using WsAot.Routing;

namespace WsAot.Fuzz.Sessions;

/// <summary>The routes of a world, written by hand as the generator would for four small handlers.</summary>
internal sealed class FuzzRoutes : WsRouteTable
{
    public FuzzRoutes(World world) =>
        Routes = [new FuzzRoute(world, "async"), new FuzzRoute(world, "chat"), new FuzzRoute(world, "echo"), new FuzzRoute(world, "throw")];

    public override IReadOnlyList<WsRoute> Routes { get; }

    public override WsRoute? Match(WsPath path)
    {
        if (path.Count != 1) return null;
        string name = Encoding.UTF8.GetString(path[0]);
        return Routes.FirstOrDefault(route => route.Options.HandlerName == name);
    }
}
