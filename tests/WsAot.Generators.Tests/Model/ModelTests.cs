using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;

namespace WsAot.Generators.Tests.Model;

/// <summary>
/// A model must not hold compiler objects: they keep a whole compilation alive, and are never equal to those of the next one.
/// </summary>
public class ModelTests
{
    [Fact]
    public void No_model_holds_an_object_of_the_compiler() => Assert.Empty(CompilerTypesIn(typeof(RouteTableModel)));

    [Fact]
    public void The_search_finds_an_object_of_the_compiler_however_deep() =>
        Assert.Equal([typeof(ISymbol), typeof(Location)], CompilerTypesIn(typeof(Guilty)).OrderBy(static type => type.Name));

    [Fact]
    public void Every_model_is_a_record_or_has_its_own_equality() =>
        Assert.All(
            typeof(RouteTableModel).Assembly
                .GetTypes()
                .Where(static type => type.Namespace == typeof(RouteTableModel).Namespace && type is { IsEnum: false, IsNested: false }),
            static type => Assert.Contains(
                type.GetInterfaces(),
                static candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEquatable<>)));

    [Fact]
    public void Arrays_of_equal_elements_are_equal()
    {
        Assert.Equal(new EquatableArray<string>(["a", "b"]), new EquatableArray<string>(["a", "b"]));
        Assert.Equal(new EquatableArray<string>(["a", "b"]).GetHashCode(), new EquatableArray<string>(["a", "b"]).GetHashCode());
        Assert.NotEqual(new EquatableArray<string>(["a", "b"]), new EquatableArray<string>(["b", "a"]));
        Assert.NotEqual(new EquatableArray<string>(["a", "b"]), new EquatableArray<string>(["a"]));
        Assert.Equal(default, new EquatableArray<string>([]));
    }

    private static HashSet<Type> CompilerTypesIn(Type root)
    {
        var seen = new HashSet<Type>();
        var found = new HashSet<Type>();
        var waiting = new Queue<Type>([root]);
        while (waiting.TryDequeue(out Type? type))
        {
            if (!seen.Add(type)) continue;
            if (type.FullName?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true)
            {
                found.Add(type);
                continue;
            }

            if (type.HasElementType) waiting.Enqueue(type.GetElementType()!);
            foreach (Type argument in type.GetGenericArguments()) waiting.Enqueue(argument);
            for (Type? declaring = type; IsOurs(declaring); declaring = declaring.BaseType)
            {
                foreach (FieldInfo field in declaring.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    waiting.Enqueue(field.FieldType);
                }
            }
        }

        return found;
    }

    private sealed record Guilty(EquatableArray<Inner> Inner);

    private sealed record Inner(IReadOnlyList<Location> Locations, Base Base);

    private sealed class Base
    {
        public ISymbol? Symbol { get; init; }
    }

    private static bool IsOurs([NotNullWhen(true)] Type? type) =>
        type is not null && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;
}
