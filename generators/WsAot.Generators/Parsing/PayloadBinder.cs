using Microsoft.CodeAnalysis;
using WsAot.Generators.Analyzers;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>Binds the one parameter of an event method that takes what the event brings.</summary>
internal sealed class PayloadBinder(HandlerScope scope, WsEvent kind, IMethodSymbol method, bool isAsynchronous)
{
    private IParameterSymbol? _bound;

    /// <returns>Whether the parameter is one for a payload, be it with a mistake, which is then reported.</returns>
    public bool TryBind(IParameterSymbol parameter, out Binding binding)
    {
        binding = default;
        if (!LooksLikePayload(parameter)) return false;
        if (SourceOf(parameter.Type) is not { } source)
        {
            scope.ReportAt(parameter, Rules.WrongPayload, parameter.Name, method.Name, Possible);
        }
        else if (_bound is not null)
        {
            scope.ReportAt(parameter, Rules.WrongPayload, parameter.Name, method.Name, $"'{_bound.Name}' takes the payload already");
        }
        else
        {
            binding = Bind(parameter, source);
        }

        return true;
    }

    private Binding Bind(IParameterSymbol parameter, ArgumentSource source)
    {
        _bound = parameter;
        if (source == ArgumentSource.PayloadSpan && isAsynchronous)
        {
            scope.ReportAt(parameter, Rules.SpanInAsynchronousMethod, parameter.Name, method.Name);
        }

        return new Binding(new Argument(source, null, null, 0), null);
    }

    private bool HasBytes => kind is WsEvent.Text or WsEvent.Binary or WsEvent.Pong;

    private ArgumentSource? SourceOf(ITypeSymbol type)
    {
        if (HasBytes && IsOfBytes(type, KnownTypes.ReadOnlySpan.Name)) return ArgumentSource.PayloadSpan;
        if (HasBytes && IsOfBytes(type, KnownTypes.ReadOnlyMemory.Name)) return ArgumentSource.PayloadMemory;
        if (kind == WsEvent.Text && type.SpecialType == SpecialType.System_String) return ArgumentSource.PayloadText;
        if (kind == WsEvent.Close && type.Is(KnownTypes.WsClose.Name)) return ArgumentSource.Close;
        return null;
    }

    // What is meant for a payload gets the message that says which payloads there are; an optional one is just left out.
    private bool LooksLikePayload(IParameterSymbol parameter)
    {
        ITypeSymbol type = parameter.Type;
        if (SourceOf(type) is not null) return true;
        return !parameter.IsOptional
            && !parameter.IsParams
            && (type.TypeKind == TypeKind.Array
                || type.SpecialType == SpecialType.System_String
                || type.Is(KnownTypes.Span.Name)
                || type.Is(KnownTypes.ReadOnlySpan.Name)
                || type.Is(KnownTypes.Memory.Name)
                || type.Is(KnownTypes.ReadOnlyMemory.Name)
                || type.Is(KnownTypes.WsClose.Name));
    }

    private string Possible => kind switch
    {
        WsEvent.Text => "[OnText] gives ReadOnlySpan<byte>, ReadOnlyMemory<byte> or string",
        WsEvent.Binary => "[OnBinary] gives ReadOnlySpan<byte> or ReadOnlyMemory<byte>",
        WsEvent.Pong => "[OnPong] gives ReadOnlySpan<byte> or ReadOnlyMemory<byte>",
        WsEvent.Close => "[OnClose] gives WsClose",
        _ => "[OnOpen] gives no payload",
    };

    private static bool IsOfBytes(ITypeSymbol type, string definition) =>
        type.Is(definition) && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Byte;
}
