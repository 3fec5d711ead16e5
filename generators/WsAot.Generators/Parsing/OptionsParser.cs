using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing;

/// <summary>Reads and checks the arguments of <c>[WsRoute]</c>.</summary>
internal static class OptionsParser
{
    // The same limit as that of WsServerOptions.MaxPendingOutputBytes.
    private const int LargestPendingBytes = 536_870_912;

    private const string BurstOfZero = "one second's worth of the route's rate, or the server's value";

    // The same as ReceiveLimits.LargestMaxMessageBytes; a test compares the two.
    internal const int LargestMessageBytes = 1_073_741_824;

    /// <returns>The template, which may have errors; null if the compiler reports the attribute.</returns>
    public static Template? ParseTemplate(ParseScope scope)
    {
        if (!scope.Attribute.HasOneValue())
        {
            scope.MarkAsReportedElsewhere();
            return null;
        }

        Template template = TemplateParser.Parse(scope.Attribute.Argument() as string ?? "");
        foreach (TemplateError error in template.Errors)
        {
            if (error.Kind == TemplateErrorKind.DuplicateName)
            {
                scope.ReportAtArgument(null, null, DiagnosticDescriptors.DuplicateRouteParameter, error.Detail, template.Text);
            }
            else
            {
                scope.ReportAtArgument(null, null, DiagnosticDescriptors.InvalidTemplate, template.Text, error.Detail);
            }
        }

        return template;
    }

    public static RouteOptionsModel ParseOptions(ParseScope scope) => new(
        new(Subprotocols(scope)),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxMessageBytes, LargestMessageBytes),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxFragments, int.MaxValue),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxPendingOutputBytes, LargestPendingBytes),
        Enumeration(scope, WsAotTypes.WsRouteAttribute.Compression),
        Enumeration(scope, WsAotTypes.WsRouteAttribute.SlowConsumer),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxMessagesPerSecond, int.MaxValue),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxMessageBurst, int.MaxValue, zero: BurstOfZero),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxBytesPerSecond, int.MaxValue),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxByteBurst, int.MaxValue, zero: BurstOfZero),
        Enumeration(scope, WsAotTypes.WsRouteAttribute.RateLimitPolicy),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxConnectionLifetimeMs, int.MaxValue),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxRequestsInFlight, int.MaxValue, zero: "32"),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxBatchLength, int.MaxValue, zero: "100"),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxTopics, int.MaxValue, zero: "128"),
        Number(scope, WsAotTypes.WsRouteAttribute.MaxSubscribesPerSecond, int.MaxValue, zero: "32"));

    public static int Number(ParseScope scope, string property, int largest, string zero = "the server's value")
    {
        if (scope.Attribute.Property(property) is not int value) return 0;
        if (value < 0 || value > largest)
        {
            string range = $"it can be 0 ({zero}) or 1 to {CSharpText.Number(largest)}";
            scope.ReportAtArgument(property, null, DiagnosticDescriptors.InvalidOption, property, range);
        }

        return value;
    }

    private static string? Enumeration(ParseScope scope, string property)
    {
        if (scope.Attribute.EnumProperty(property) is not var (type, value)) return null;
        IFieldSymbol[] choices = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];
        IFieldSymbol? choice = choices.FirstOrDefault(field => Equals(field.ConstantValue, value));
        if (choice is null)
        {
            string names = string.Join(", ", choices.Select(static field => field.Name));
            scope.ReportAtArgument(property, null, DiagnosticDescriptors.InvalidOption, property, $"it can be {names}");
        }

        // 0 is Default, which leaves the choice to the server's options.
        return choice is null || Equals(choice.ConstantValue, 0) ? null : choice.Name;
    }

    private static List<string> Subprotocols(ParseScope scope)
    {
        const string Property = WsAotTypes.WsRouteAttribute.Subprotocols;
        var names = new List<string>();
        ImmutableArray<object?> values = scope.Attribute.Elements(Property);
        for (int i = 0; i < values.Length; i++)
        {
            string name = values[i] as string ?? "";
            // RFC 6455 section 4.1: a subprotocol is a token of RFC 2616, and all of them differ.
            if (!IsToken(name))
            {
                string problem = $"'{name}' is not a token (letters, digits and !#$%&'*+-.^_`|~)";
                scope.ReportAtArgument(Property, i, DiagnosticDescriptors.InvalidOption, Property, problem);
            }
            else if (names.Contains(name, StringComparer.Ordinal))
            {
                scope.ReportAtArgument(Property, i, DiagnosticDescriptors.InvalidOption, Property, $"'{name}' is listed twice");
            }

            names.Add(name);
        }

        return names;
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(static c => c is > ' ' and <= '~' && "()<>@,;:\\\"/[]?={}".IndexOf(c) < 0);
}
