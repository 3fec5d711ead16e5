using Microsoft.Extensions.DependencyInjection;
using WsAot.Routing;

namespace WsAot;

/// <summary>Checks the services that handlers require when the server starts, instead of when the first client connects.</summary>
public sealed partial class WsServices
{
    /// <exception cref="WsStartException">A handler requires a service that is not registered.</exception>
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
        // A fallback without IServiceProviderIsService is not checked, because asking it would create the service.
        return fallback.GetService(typeof(IServiceProviderIsService)) is IServiceProviderIsService known && !known.IsService(serviceType);
    }
}
