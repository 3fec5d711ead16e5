using Microsoft.Extensions.DependencyInjection;
using WsAot.Routing;

namespace WsAot;

/// <summary>What handlers require is looked for when the server starts, and not when the first client comes.</summary>
public sealed partial class WsServices
{
    /// <exception cref="WsStartException">A handler requires a service that nobody has.</exception>
    internal void ThrowIfMissing(WsRouteTable routes)
    {
        List<string>? missing = null;
        List<string> additions = [];
        foreach (WsRoute route in routes.Routes)
        {
            foreach (WsServiceRequirement required in route.RequiredServices)
            {
                if (!IsMissing(required.ServiceType)) continue;
                string where = required.MethodName is { } method ? $"'{method}'" : "its constructor";
                (missing ??= []).Add($"{route.Options.HandlerName} takes '{required.TypeName} {required.ParameterName}' in {where}");
                string addition = $"builder.Services.Add<{required.TypeName}>(...)";
                if (!additions.Contains(addition)) additions.Add(addition);
            }
        }

        if (missing is null) return;
        throw new WsStartException(
            $"Services are missing: {string.Join("; ", missing)}. "
            + $"Register them with {string.Join(", ", additions)}, or in the container that is builder.Services.Fallback.");
    }

    private bool IsMissing(Type serviceType)
    {
        if (_entries.ContainsKey(serviceType) || serviceType == typeof(WsServices)) return false;
        if (Fallback is not { } fallback) return true;
        // A fallback that cannot say what it has is not asked: that would create the service.
        return fallback.GetService(typeof(IServiceProviderIsService)) is IServiceProviderIsService known && !known.IsService(serviceType);
    }
}
