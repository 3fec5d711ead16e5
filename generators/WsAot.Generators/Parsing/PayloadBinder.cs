using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Binds the one parameter of an event method that takes the payload of the event.</summary>
internal sealed class PayloadBinder(ParseScope scope, WsEvent kind, IMethodSymbol method, bool isAsynchronous)
{
    private IParameterSymbol? _bound;

    /// <summary>Whether a parameter is meant for the payload, even if it is invalid.</summary>
    public bool IsTaken { get; private set; }

    /// <returns>Whether the parameter is meant for the payload. If it is invalid, this has reported it.</returns>
    public bool TryBind(IParameterSymbol parameter, out Binding binding)
    {
        binding = default;
        if (!LooksLikePayload(parameter)) return false;
        IsTaken = true;
        if (SourceOf(parameter.Type) is not { } source)
        {
            scope.ReportAt(parameter, DiagnosticDescriptors.InvalidPayload, parameter.Name, method.Name, Possible);
        }
        else if (_bound is not null)
        {
            scope.ReportAt(
                parameter, DiagnosticDescriptors.InvalidPayload, parameter.Name, method.Name, $"'{_bound.Name}' takes the payload already");
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
            scope.ReportAt(parameter, DiagnosticDescriptors.SpanInAsynchronousMethod, parameter.Name, method.Name);
        }

        return new Binding(new Argument(source), null);
    }

    private bool HasBytes => kind is WsEvent.Text or WsEvent.Binary or WsEvent.Pong;

    private ArgumentSource? SourceOf(ITypeSymbol type)
    {
        if (HasBytes && IsOfBytes(type, SystemTypes.ReadOnlySpan.Name)) return ArgumentSource.PayloadSpan;
        if (HasBytes && IsOfBytes(type, SystemTypes.ReadOnlyMemory.Name)) return ArgumentSource.PayloadMemory;
        if (kind == WsEvent.Text && type.SpecialType == SpecialType.System_String) return ArgumentSource.PayloadText;
        if (kind == WsEvent.Close && type.Is(WsAotTypes.WsClose.Name)) return ArgumentSource.Close;
        return null;
    }

    // Types that are typical of a payload get the message that lists the possible payloads.
    private bool LooksLikePayload(IParameterSymbol parameter)
    {
        ITypeSymbol type = parameter.Type;
        return SourceOf(type) is not null
            || type.TypeKind == TypeKind.Array
            || type.SpecialType == SpecialType.System_String
            || type.Is(SystemTypes.Span.Name)
            || type.Is(SystemTypes.ReadOnlySpan.Name)
            || type.Is(SystemTypes.Memory.Name)
            || type.Is(SystemTypes.ReadOnlyMemory.Name)
            || type.Is(WsAotTypes.WsClose.Name);
    }

    private string Possible => kind switch
    {
        WsEvent.Text => "[OnText] gives ReadOnlySpan<byte>, ReadOnlyMemory<byte> or string",
        WsEvent.Binary => "[OnBinary] gives ReadOnlySpan<byte> or ReadOnlyMemory<byte>",
        WsEvent.Pong => "[OnPong] gives ReadOnlySpan<byte> or ReadOnlyMemory<byte>",
        WsEvent.Close => "[OnClose] gives WsClose",
        WsEvent.Drained => "[OnDrained] gives no payload",
        _ => "[OnOpen] gives no payload",
    };

    private static bool IsOfBytes(ITypeSymbol type, string definition) =>
        type.Is(definition) && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Byte;
}
