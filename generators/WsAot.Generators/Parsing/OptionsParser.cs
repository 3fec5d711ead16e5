using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Analyzers;
using WsAot.Generators.Model;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Parsing;

/// <summary>Reads what <c>[WsRoute]</c> says.</summary>
internal static class OptionsParser
{
    // WsServerOptions.MaxPendingOutputBytes has the same.
    private const int LargestPendingBytes = 536_870_912;

    // ReceiveLimits.LargestMaxMessageBytes: a test compares the two.
    internal const int LargestMessageBytes = 1_073_741_824;

    /// <returns>The template, which may have problems; null where the compiler already reports the attribute.</returns>
    public static Template? ParseTemplate(HandlerScope scope)
    {
        ImmutableArray<TypedConstant> arguments = scope.Attribute.ConstructorArguments;
        if (arguments.Length != 1 || arguments[0].Kind == TypedConstantKind.Error)
        {
            scope.LeaveToOthers();
            return null;
        }

        Template template = TemplateParser.Parse(arguments[0].Value as string ?? "");
        foreach (TemplateProblem problem in template.Problems)
        {
            if (problem.Kind == TemplateProblemKind.NameTwice)
            {
                scope.ReportAtArgument(null, null, Rules.RouteParameterTwice, problem.Detail, template.Text);
            }
            else
            {
                scope.ReportAtArgument(null, null, Rules.InvalidTemplate, template.Text, problem.Detail);
            }
        }

        return template;
    }

    public static RouteOptionsModel ParseOptions(HandlerScope scope) => new(
        new(Subprotocols(scope)),
        Number(scope, KnownTypes.WsRouteAttribute.MaxMessageBytes, LargestMessageBytes),
        Number(scope, KnownTypes.WsRouteAttribute.MaxFragments, int.MaxValue),
        Number(scope, KnownTypes.WsRouteAttribute.MaxPendingOutputBytes, LargestPendingBytes),
        Enumeration(scope, KnownTypes.WsRouteAttribute.Compression),
        Enumeration(scope, KnownTypes.WsRouteAttribute.SlowConsumer),
        Number(scope, KnownTypes.WsRouteAttribute.MaxRequestsInFlight, int.MaxValue, zero: "32"),
        Number(scope, KnownTypes.WsRouteAttribute.MaxBatchLength, int.MaxValue, zero: "100"));

    public static int Number(HandlerScope scope, string property, int largest, string zero = "the server's value")
    {
        if (scope.NamedArgument(property) is not { Kind: TypedConstantKind.Primitive, Value: int value }) return 0;
        if (value < 0 || value > largest)
        {
            scope.ReportAtArgument(property, null, Rules.InvalidOption, property, $"it can be 0 ({zero}) or 1 to {CSharpNumber(largest)}");
        }

        return value;
    }

    private static string? Enumeration(HandlerScope scope, string property)
    {
        if (scope.NamedArgument(property) is not { Kind: TypedConstantKind.Enum, Type: { } type } constant) return null;
        IFieldSymbol[] choices = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];
        IFieldSymbol? choice = choices.FirstOrDefault(field => Equals(field.ConstantValue, constant.Value));
        if (choice is null)
        {
            string names = string.Join(", ", choices.Select(static field => field.Name));
            scope.ReportAtArgument(property, null, Rules.InvalidOption, property, $"it can be {names}");
        }

        // 0 is Default: what the server says.
        return choice is null || Equals(choice.ConstantValue, 0) ? null : choice.Name;
    }

    private static List<string> Subprotocols(HandlerScope scope)
    {
        const string Property = KnownTypes.WsRouteAttribute.Subprotocols;
        var names = new List<string>();
        if (scope.NamedArgument(Property) is not { Kind: TypedConstantKind.Array, IsNull: false } array) return names;
        for (int i = 0; i < array.Values.Length; i++)
        {
            string name = array.Values[i].Value as string ?? "";
            // RFC 6455 section 4.1: a subprotocol is a token of RFC 2616, and all of them differ.
            if (!IsToken(name))
            {
                scope.ReportAtArgument(Property, i, Rules.InvalidOption, Property, $"'{name}' is not a token (letters, digits and !#$%&'*+-.^_`|~)");
            }
            else if (names.Contains(name, StringComparer.Ordinal))
            {
                scope.ReportAtArgument(Property, i, Rules.InvalidOption, Property, $"'{name}' is listed twice");
            }

            names.Add(name);
        }

        return names;
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(static c => c is > ' ' and <= '~' && "()<>@,;:\\\"/[]?={}".IndexOf(c) < 0);

    private static string CSharpNumber(int value) => Emitting.CSharpText.Number(value);
}
