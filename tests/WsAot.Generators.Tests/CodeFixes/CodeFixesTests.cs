using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WsAot.CodeFixes;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.CodeFixes;

public class CodeFixesTests
{
    [Fact]
    public void Each_fix_is_exported_for_CSharp() => Assert.All(CodeFixRun.Providers, static provider =>
        Assert.Equal([LanguageNames.CSharp], provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Languages));

    [Fact]
    public void Each_rule_that_is_known_has_a_fix() => Assert.Equal(
        typeof(DiagnosticIds).GetFields().Select(static id => (string)id.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        CodeFixRun.Providers.SelectMany(static provider => provider.FixableDiagnosticIds).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_the_rules_that_have_a_fix()
    {
        string index = File.ReadAllText(Path.Combine(Repository.HelpPages, "README.md"));
        Assert.Equal(
            typeof(DiagnosticIds).GetFields().Select(static id => (string)id.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            Regex.Matches(index[..index.IndexOf("| id |", StringComparison.Ordinal)], "WSA[0-9]{3}").Select(static id => id.Value));
    }

    [Fact]
    public void Each_rule_that_is_known_is_a_rule_of_the_same_name() => Assert.All(typeof(DiagnosticIds).GetFields(), static id =>
        Assert.Equal(
            ((DiagnosticDescriptor)typeof(Generators.Diagnostics.DiagnosticDescriptors).GetField(id.Name)!.GetValue(null)!).Id,
            id.GetRawConstantValue()));

    [Fact]
    public void The_analyzers_do_not_bring_workspaces_into_the_compiler() => Assert.DoesNotContain(
        typeof(WsRouteGenerator).Assembly.GetReferencedAssemblies(),
        static reference => reference.Name!.Contains("Workspaces", StringComparison.Ordinal));
}
