using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing.Shapes;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Turns the types of parameters and results into JSON values, or reports why they cannot be JSON.</summary>
internal sealed class JsonValueParser(ParseScope scope)
{
    private readonly List<JsonTypeUsage> _uses = [];

    /// <summary>All valid types found so far.</summary>
    public IReadOnlyList<JsonTypeUsage> Uses => _uses;

    /// <summary>Adds the types of a client interface.</summary>
    public void Use(IEnumerable<JsonTypeUsage> uses, ISymbol takenBy) =>
        _uses.AddRange(uses.Select(use => use with { TakenBy = takenBy }));

    /// <param name="source">Where the argument comes from, if it is not in the message; otherwise null.</param>
    public JsonRpcParameterModel ParseParameter(IParameterSymbol parameter, ArgumentSource? source)
    {
        // A parameter passed by reference is an error, whatever its type.
        if (source is { } given && parameter.RefKind == RefKind.None)
        {
            return new(parameter.Name, new Argument(given), null, null);
        }

        string? problem = parameter.RefKind == RefKind.None
            ? null
            : "it is passed by reference, and there is nothing to refer to; take it by value";
        bool isNullByDefault = parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null };
        return new(parameter.Name, null, Parse(parameter.Type, parameter, problem, isNullByDefault), ConstantText.DefaultOf(parameter));
    }

    /// <param name="type">The return type, or the result type of the returned task or stream.</param>
    public JsonValueModel? ParseResult(ITypeSymbol type, IMethodSymbol method)
    {
        string? problem = method.ReturnsByRef || method.ReturnsByRefReadonly ? "it is returned by reference; return the value" : null;
        return Parse(type, method, problem, isNullByDefault: false);
    }

    private JsonValueModel? Parse(ITypeSymbol type, ISymbol owner, string? problem, bool isNullByDefault)
    {
        // Type parameters of a method are already reported as such.
        if (Contains(type, static part => part.TypeKind is TypeKind.Error or TypeKind.TypeParameter))
        {
            scope.MarkAsReportedElsewhere();
            return null;
        }

        var use = new JsonTypeUsage(type, owner, TakenBy: null);
        if ((problem ?? Problem(type)) is { } found)
        {
            scope.ReportAt(owner, DiagnosticDescriptors.NotSerializable, use.Description, found);
            return null;
        }

        _uses.Add(use);
        bool isNullable = type.IsReferenceType
            ? isNullByDefault || type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return new JsonValueModel(TypeNames.InJson(type), isNullable, type.IsReferenceType);
    }

    private static string? Problem(ITypeSymbol type)
    {
        string? problem = null;
        Contains(type, part => (problem = ProblemOf(part)) is not null);
        return problem;
    }

    private static string? ProblemOf(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol =>
            $"'{TypeNames.InMessage(type)}' is a pointer, which means nothing to the client",
        IArrayTypeSymbol { Rank: > 1 } => $"System.Text.Json cannot write '{TypeNames.InMessage(type)}'; use an array of arrays",
        { TypeKind: TypeKind.Delegate } =>
            $"'{TypeNames.InMessage(type)}' is a delegate, which the client cannot call; give it a method to call",
        { IsRefLikeType: true } => $"'{TypeNames.InMessage(type)}' is valid only until the call ends; use an array",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            $"System.Text.Json cannot write '{TypeNames.InMessage(type)}'; use a number of a fixed size",
        _ when type.Is(SystemTypes.Type.Name) => $"System.Text.Json cannot write '{TypeNames.InMessage(type)}'; use its name",
        _ when IsTask(type) => $"'{TypeNames.InMessage(type)}' is a task; only the method itself can return one, of a value",
        _ when type.Is(SystemTypes.AsyncEnumerable.Name) =>
            $"'{TypeNames.InMessage(type)}' is a stream; only a method of a handler can return one, of values",
        _ when IsWrittenAsStream(type) =>
            $"'{TypeNames.InMessage(type)}' implements IAsyncEnumerable<T>, so that it is a stream; "
                + "only a method of a handler can return one, as IAsyncEnumerable<T> itself",
        _ when JsonRpcClients.InterfaceOf(type) is not null => $"'{TypeNames.InMessage(type)}' is the client; take it in the constructor",
        _ => null,
    };

    private static bool IsTask(ITypeSymbol type) =>
        type.Is(SystemTypes.ValueTask.Name)
        || type.Is(SystemTypes.ValueTaskOfT.Name)
        || (type is INamedTypeSymbol named && Inheritance.SelfAndBases(named).Any(static current => current.Is(SystemTypes.Task.Name)));

    // System.Text.Json treats any IAsyncEnumerable<T> as a stream, and throws where it has to write one synchronously.
    private static bool IsWrittenAsStream(ITypeSymbol type) =>
        type.AllInterfaces.Any(static implemented => implemented.Is(SystemTypes.AsyncEnumerable.Name))
            && type.GetAttributes().Converter() is null;

    /// <summary>Whether the predicate holds for the type, its element type or one of its type arguments.</summary>
    private static bool Contains(ITypeSymbol type, Func<ITypeSymbol, bool> found) =>
        found(type)
        || (type is IArrayTypeSymbol array && Contains(array.ElementType, found))
        || (type is INamedTypeSymbol named && named.TypeArguments.Any(argument => Contains(argument, found)));
}
