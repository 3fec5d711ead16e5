using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the methods marked with an event attribute in a class and its base classes.</summary>
internal static class EventMethods
{
    public static IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> Of(INamedTypeSymbol handler)
    {
        var found = new List<(WsEvent Event, IMethodSymbol Method)>();
        foreach (INamedTypeSymbol type in Inheritance.SelfAndBases(handler))
        {
            foreach ((WsEvent Event, IMethodSymbol Method) marked in DeclaredIn(type).ToList())
            {
                // A method and its override count once.
                if (!found.Any(other => other.Event == marked.Event && Inheritance.Overrides(other.Method, marked.Method)))
                {
                    found.Add(marked);
                }
            }
        }

        return found;
    }

    public static IEnumerable<(WsEvent Event, IMethodSymbol Method)> DeclaredIn(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            foreach (AttributeData attribute in method.GetAttributes())
            {
                if (EventOf(attribute.AttributeClass) is { } kind) yield return (kind, method);
            }
        }
    }

    private static WsEvent? EventOf(INamedTypeSymbol? attribute) => attribute switch
    {
        _ when attribute.Is(WsAotTypes.OnUpgradeAttribute.Name) => WsEvent.Upgrade,
        _ when attribute.Is(WsAotTypes.OnOpenAttribute.Name) => WsEvent.Open,
        _ when attribute.Is(WsAotTypes.OnTextAttribute.Name) => WsEvent.Text,
        _ when attribute.Is(WsAotTypes.OnBinaryAttribute.Name) => WsEvent.Binary,
        _ when attribute.Is(WsAotTypes.OnPongAttribute.Name) => WsEvent.Pong,
        _ when attribute.Is(WsAotTypes.OnDrainedAttribute.Name) => WsEvent.Drained,
        _ when attribute.Is(WsAotTypes.OnCloseAttribute.Name) => WsEvent.Close,
        _ => null,
    };
}
