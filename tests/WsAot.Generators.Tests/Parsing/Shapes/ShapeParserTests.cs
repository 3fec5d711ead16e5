using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Model;
using WsAot.Generators.Parsing.Shapes;
using WsAot.Generators.Tests.Compilations;
using WsAot.Generators.Text;

namespace WsAot.Generators.Tests.Parsing.Shapes;

/// <summary>Compares shapes with the JSON that System.Text.Json writes for the same types.</summary>
public class ShapeParserTests
{
    private const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;

        """;

    private const string Objects = Usings + """
        public record Positional(string Who, int Count = 3, string? Note = null) { public string Both => Who + Note; }
        public record struct Point(double X, double Y);
        public readonly record struct Fixed(double X) { public double Half => X / 2; }
        public struct Loose { public int A { get; set; } public int B; }
        public class Fields
        {
            public int A;
            public readonly int B;
            [JsonInclude] public int C;
            [JsonIgnore] public int D;
            public const int E = 1;
            public static int F;
        }
        public class Accessors
        {
            public int GetOnly { get; }
            public int SetOnly { set { } }
            public int PrivateSet { get; private set; }
            [JsonInclude] public int Included { get; private set; }
            public int Init { get; init; }
            protected int Protected { get; set; }
            internal int Internal { get; set; }
            public static int Static { get; set; }
            public int this[int i] => i;
        }
        public class Named
        {
            [JsonPropertyName("$other name")] public int A { get; set; }
            public int URLValue { get; set; }
            public int Price2Pay { get; set; }
        }
        public class Ignored
        {
            [JsonIgnore] public int Always { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int Never { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Null { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Default { get; set; }
        }
        public class Base { public int A { get; set; } public virtual int B { get; set; } public int Hidden { get; set; } }
        public class Derived : Base
        {
            public override int B { get; set; }
            public new string? Hidden { get; set; }
            public int C { get; set; }
        }
        public interface IBase { int A { get; } }
        public interface IDerived : IBase { int B { get; set; } }
        public class Marked
        {
            public Marked(int a) { }
            [JsonConstructor] public Marked(int a, string b) { }
            public int A { get; }
            public string B { get; } = "";
        }
        public class TwoConstructors { public TwoConstructors() { } public TwoConstructors(int a) { } public int A { get; } }
        public class Rest { public int A { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        public class Nested { public class Inner { public Inner? Next { get; set; } } public Inner? First { get; set; } }
        public class Wanted { public required string A { get; set; } [JsonRequired] public int B { get; set; } public int C { get; set; } }
        """;

    private const string Values = Usings + """
        public enum Color { Red, Green }
        [Flags] public enum Access { Read = 1, Write = 2 }
        [JsonConverter(typeof(JsonStringEnumConverter<Mood>))] public enum Mood { [JsonStringEnumMemberName("very-fine")] Fine, Grim }
        public record Node(int Value, Node? Next);
        public record Page<T>(T[] Items);
        public class Roots
        {
            public bool Bool { get; } = true;
            public sbyte SByte { get; } = 1;
            public byte Byte { get; } = 1;
            public short Int16 { get; } = 1;
            public ushort UInt16 { get; } = 1;
            public int Int32 { get; } = 1;
            public uint UInt32 { get; } = 1;
            public long Int64 { get; } = 1;
            public ulong UInt64 { get; } = 1;
            public Int128 Int128 { get; } = 1;
            public Half Half { get; } = (Half)1;
            public float Single { get; } = 1;
            public double Double { get; } = 1;
            public decimal Decimal { get; } = 1;
            [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int NumberText { get; } = 1;
            [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public List<int> NumberTexts { get; } = [1];
            [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public double NotANumber { get; } = double.NaN;
            public string Text { get; } = "";
            public char Char { get; } = 'c';
            public Guid Guid { get; } = Guid.NewGuid();
            public DateTime DateTime { get; } = DateTime.Now;
            public DateTimeOffset DateTimeOffset { get; } = DateTimeOffset.Now;
            public DateOnly DateOnly { get; } = new(2026, 1, 31);
            public TimeOnly TimeOnly { get; } = new(1, 2, 3, 4);
            public TimeSpan TimeSpan { get; } = new(-1, 2, 3, 4, 5);
            public Uri Uri { get; } = new("a", UriKind.Relative);
            public Version Version { get; } = new(1, 2);
            public byte[] Bytes { get; } = [1];
            public ReadOnlyMemory<byte> MemoryOfBytes { get; } = new byte[] { 1 };
            public ReadOnlyMemory<int> MemoryOfNumbers { get; } = new[] { 1 };
            public List<byte> ListOfBytes { get; } = [1];
            public int[] Array { get; } = [1];
            public int[][] Arrays { get; } = [[1]];
            public List<string?> List { get; } = [null];
            public IReadOnlyCollection<DateOnly> Interface { get; } = [new(2026, 1, 31)];
            public HashSet<int> Set { get; } = [1];
            public ImmutableArray<int> Immutable { get; } = [1];
            public Queue Untyped { get; } = new(new[] { 1 });
            public Dictionary<string, int> Dictionary { get; } = new() { ["a"] = 1 };
            public IReadOnlyDictionary<int, Color> DictionaryOfEnums { get; } = new Dictionary<int, Color> { [1] = Color.Red };
            public Hashtable UntypedDictionary { get; } = new() { ["a"] = 1 };
            public object Object { get; } = 1;
            public JsonElement Element { get; } = JsonSerializer.SerializeToElement(1);
            public JsonObject JsonObject { get; } = [];
            public JsonArray JsonArray { get; } = [];
            public Color Enum { get; } = Color.Red;
            public Access Flags { get; } = Access.Read | Access.Write;
            public Mood TextEnum { get; } = Mood.Fine;
            [JsonConverter(typeof(JsonStringEnumConverter<Color>))] public Color TextEnumHere { get; } = Color.Red;
            [JsonConverter(typeof(JsonNumberEnumConverter<Mood>))] public Mood NumberEnumHere { get; } = Mood.Fine;
            public int? Number { get; } = 1;
            public Color? NullableEnum { get; } = Color.Green;
            public KeyValuePair<string, int> Pair { get; } = new("a", 1);
            public Node Node { get; } = new(1, new(2, null));
            public Page<Node> Page { get; } = new([new(1, null)]);
        }
        """;

    private static readonly JsonSerializerOptions s_withFields = new() { IncludeFields = true };

    public static TheoryData<string> ObjectTypes => [.. Symbols(Objects).Select(static type => type.MetadataName)];

    [Theory]
    [MemberData(nameof(ObjectTypes))]
    public void Objects_have_the_members_that_System_Text_Json_gives_them(string type)
    {
        Check(type, ShapeOptions.Default, new JsonSerializerOptions());
        Check(
            type,
            ShapeOptions.Default with { Naming = NamingPolicy.CamelCase },
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
        Check(
            type,
            ShapeOptions.Default with { IncludeFields = true, Naming = NamingPolicy.KebabCaseUpper },
            new JsonSerializerOptions { IncludeFields = true, PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper });
    }

    [Fact]
    public void Values_look_as_their_shapes_say()
    {
        CSharpCompilation compilation = TestCompilation.Create(Values);
        object roots = Activator.CreateInstance(Load(compilation).GetType("Roots", throwOnError: true)!)!;
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(roots));
        var shapes = ShapeParser.For(compilation, ShapeOptions.Default);
        Shape root = shapes.Parse(compilation.GetTypeByMetadataName("Roots")!);
        Dictionary<string, TypeShape> types = shapes.TypesOf([root]).ToDictionary(static type => type.Id);

        ObjectShape members = types[root.TypeId!].Object!;
        Assert.Equal(
            json.RootElement.EnumerateObject().Select(static member => member.Name),
            members.Properties.Select(static member => member.Name));
        Assert.All(members.Properties, member => ShapeCheck.Matches(member.Shape, types, json.RootElement.GetProperty(member.Name)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tuples_have_the_fields_of_ValueTuple_whatever_their_elements_are_called(bool includeFields)
    {
        CSharpCompilation compilation = TestCompilation.Create("""
            public class Roots
            {
                public (int A, string B) Named { get; } = (1, "");
                public (int, string) Unnamed { get; } = (1, "");
                public (int X, string) Half { get; } = (1, "");
                public (int X, string Y)? Nullable { get; } = (1, "");
                public (int, int, int, int, int, int, int, (int A, int B) Eighth) Long { get; } = (1, 2, 3, 4, 5, 6, 7, (8, 9));
                public System.Collections.Generic.List<(int A, string B)> Many { get; } = [(1, "")];
            }
            """);
        object roots = Activator.CreateInstance(Load(compilation).GetType("Roots", throwOnError: true)!)!;
        using JsonDocument json =
            JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(roots, includeFields ? s_withFields : JsonSerializerOptions.Default));
        var shapes = ShapeParser.For(compilation, ShapeOptions.Default with { IncludeFields = includeFields });
        Shape root = shapes.Parse(compilation.GetTypeByMetadataName("Roots")!);
        IReadOnlyList<TypeShape> types = shapes.TypesOf([root]);
        ShapeCheck.Matches(root, types.ToDictionary(static type => type.Id), json.RootElement);
        // Types that are the same at run time have one shape.
        Assert.Equal(includeFields ? 5 : 3, types.Count);
    }

    [Fact]
    public void A_value_of_another_shape_is_found_out()
    {
        using JsonDocument json = JsonDocument.Parse("""{ "a": ["text"] }""");
        Dictionary<string, TypeShape> types = [];
        ShapeCheck.Matches(
            new Shape(ShapeKind.Dictionary, Element: new Shape(ShapeKind.Array, Element: new Shape(ShapeKind.Text))),
            types,
            json.RootElement);
        Assert.ThrowsAny<Exception>(() => ShapeCheck.Matches(
            new Shape(ShapeKind.Dictionary, Element: new Shape(ShapeKind.Array, Element: new Shape(ShapeKind.Guid))),
            types,
            json.RootElement));
        Assert.ThrowsAny<Exception>(
            () => ShapeCheck.Matches(new Shape(ShapeKind.Array, Element: new Shape(ShapeKind.Text)), types, json.RootElement));
    }

    [Theory]
    [InlineData("[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]", "1n00")]
    [InlineData("[JsonSourceGenerationOptions]", "")]
    [InlineData("", "")]
    [InlineData(
        "[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, "
            + "DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]",
        "2t30")]
    [InlineData(
        "[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.WriteAsString, IncludeFields = true, WriteIndented = true)]",
        "0n02f")]
    [InlineData(
        "[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, IgnoreReadOnlyFields = true, "
            + "RespectRequiredConstructorParameters = true)]",
        "0n00prc")]
    public void Options_are_those_of_the_context(string attribute, string key)
    {
        INamedTypeSymbol context = Assert.Single(Symbols(Usings + attribute + " public abstract class Context;"));
        Assert.Equal(key, ShapeOptions.Of(context).Key);
    }

    [Theory]
    [InlineData("public string Value;", false)]
    [InlineData("public string? Value;", true)]
    [InlineData("public int Value;", false)]
    [InlineData("public int? Value;", true)]
    [InlineData("\n#nullable disable\npublic string Value;", true)]
    public void Null_is_a_value_where_code_says_so_or_says_nothing(string field, bool isNullable) =>
        Assert.Equal(isNullable, ShapeOf(field).Shape.IsNullable);

    [Fact]
    public void Nullability_of_arguments_makes_another_type()
    {
        (Shape shape, IReadOnlyList<TypeShape> types) =
            ShapeOf("public (int, Page<string?>, Page<string>) Value; public record Page<T>(T Item);");
        Assert.Equal(ShapeKind.Named, shape.Kind);
        (_, types) = ShapeOf("public List<Page<string?>> Value; public record Page<T>(T Item, Page<string>? Other);");
        Assert.Equal(
            [true, false],
            types.OrderByDescending(static type => type.Id.Contains('?', StringComparison.Ordinal))
                .Select(static type => type.Object!.Properties[0].Shape.IsNullable));
    }

    [Fact]
    public void Types_that_have_no_end_end()
    {
        (_, IReadOnlyList<TypeShape> types) =
            ShapeOf("public Box<int> Value; public class Box<T> { public Box<Box<T>>? Larger { get; set; } }");
        Assert.InRange(types.Count, 2, 100);
        Assert.Equal(ShapeKind.Array, ShapeOf("public Self Value; public class Self : List<Self>;").Shape.Kind);
        Assert.Equal(
            ShapeKind.Named,
            ShapeOf("public A Value; public class A { public B? B { get; set; } } "
                + "public class B { public List<A>? A { get; set; } }").Shape.Kind);
    }

    [Fact]
    public void What_a_converter_makes_is_not_known()
    {
        const string Converter = """
             public class C : JsonConverter<X>
            {
                public override X Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => default!;
                public override void Write(Utf8JsonWriter w, X x, JsonSerializerOptions o) { }
            }
            """;
        Assert.Equal(
            ShapeKind.Unknown,
            ShapeOf("public X Value; [JsonConverter(typeof(C))] public class X { public int A { get; set; } }" + Converter).Shape.Kind);
        Assert.Equal(
            ShapeKind.Text,
            ShapeOf("public E Value; [JsonConverter(typeof(D))] public enum E { A } "
                + "public class D() : JsonStringEnumConverter<E>(JsonNamingPolicy.CamelCase);").Shape.Kind);
    }

    [Fact]
    public void Members_are_required_where_they_would_be_missed()
    {
        (_, IReadOnlyList<TypeShape> types) = ShapeOf("""
            public M Value;
            public record M(string A, string? B, int C, int D = 1)
            {
                public required string? E { get; set; }
                [JsonRequired] public int F { get; set; }
                public string G { get; set; } = "";
            }
            """);
        Assert.Equal(
            ["A", "C", "E", "F"],
            Assert.Single(types).Object!.Properties.Where(static member => member.IsRequired).Select(static member => member.Name).Order());
    }

    [Fact]
    public void Members_are_skipped_by_their_own_condition_or_that_of_the_context()
    {
        const string Source = "public M Value; public class M { public string? A { get; set; } public int B { get; set; } "
            + "public int? C { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string? D { get; set; } }";
        Assert.Equal(["A", "C"], Skipped(IgnoreCondition.WhenWritingNull));
        Assert.Equal(["A", "B", "C"], Skipped(IgnoreCondition.WhenWritingDefault));
        Assert.Empty(Skipped(IgnoreCondition.Never));

        static IEnumerable<string> Skipped(IgnoreCondition condition) =>
            Assert.Single(ShapeOf(Source, ShapeOptions.Default with { IgnoreCondition = condition }).Types)
                .Object!.Properties.Where(static member => member.IsSkipped).Select(static member => member.Name);
    }

    [Fact]
    public void Read_only_members_can_be_left_out()
    {
        const string Source = "public M Value; public record M(int A) "
            + "{ public int B => 1; [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int C => 1; }";
        ObjectShape shape = Assert.Single(ShapeOf(Source, ShapeOptions.Default with { IgnoreReadOnlyProperties = true }).Types).Object!;
        Assert.Equal(["A", "C"], shape.Properties.Select(static member => member.Name).Order());
    }

    [Fact]
    public void Derived_types_are_known_by_their_discriminators()
    {
        (_, IReadOnlyList<TypeShape> types) = ShapeOf("""
            public Shape Value;
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")] [JsonDerivedType(typeof(Circle), "circle")]
            [JsonDerivedType(typeof(Square), 4)] [JsonDerivedType(typeof(Dot))]
            public abstract record Shape(string Name);
            public record Circle(string Name, double Radius) : Shape(Name);
            public record Square(string Name, double Side) : Shape(Name);
            public record Dot(string Name) : Shape(Name);
            """);
        ObjectShape shape = types.Single(static type => type.Name == "RootsShape").Object!;
        Assert.Equal("kind", shape.Discriminator);
        Assert.True(shape.IsAbstract);
        Assert.Equal(["\"circle\"", "4", null], shape.Derived.Select(static derived => derived.Discriminator));
        Assert.Equal(4, types.Count);
    }

    [Fact]
    public void Names_tell_what_a_type_is_made_of()
    {
        (_, IReadOnlyList<TypeShape> types) = ShapeOf("public Page<Tick[]> Value; public record Page<T>(T Item, Pair<int, T> Pair); "
            + "public record Pair<A, B>(A First, B Second); public record Tick;");
        Assert.Equal(
            ["RootsPageOfRootsTickArray", "RootsPairOfInt32AndRootsTickArray", "RootsTick"],
            types.Select(static type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Types_by_name_exist() => Assert.All(ScalarShapes.Names, static name =>
        Assert.True(
            new[] { typeof(object), typeof(Uri), typeof(JsonElement) }.Any(type => type.Assembly.GetType(name) is not null), name));

    private static void Check(string type, ShapeOptions options, JsonSerializerOptions realOptions)
    {
        CSharpCompilation compilation = TestCompilation.Create(Objects);
        var shapes = ShapeParser.For(compilation, options);
        Shape shape = shapes.Parse(compilation.GetTypeByMetadataName(type)!);
        ObjectShape actual = shapes.TypesOf([shape]).Single(one => one.Id == shape.TypeId).Object!;

        realOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        JsonPropertyInfo[] real = [.. realOptions
            .GetTypeInfo(Load(compilation).GetType(type, throwOnError: true)!).Properties
            .Where(static member => member.Get is not null || member.Set is not null || member.AssociatedParameter is not null)];
        Assert.Equal(
            real
                .Where(static member => !member.IsExtensionData)
                .Select(static member =>
                    (member.Name, member.Get is not null, member.Set is not null || member.AssociatedParameter is not null))
                .Order(),
            actual.Properties.Select(static member => (member.Name, member.IsWritten, member.IsRead)).Order());
        Assert.Equal(real.Any(static member => member.IsExtensionData), actual.HasOthers);
        Assert.All(
            real.Where(static member => member.IsRequired),
            member => Assert.True(actual.Properties.Single(property => property.Name == member.Name).IsRequired));
    }

    /// <summary>The shape of the field Value, and the types that it names; what else is declared beside the field is nested.</summary>
    private static (Shape Shape, IReadOnlyList<TypeShape> Types) ShapeOf(string members, ShapeOptions? options = null)
    {
        CSharpCompilation compilation = TestCompilation.Create(Usings + $"public class Roots {{ {members} }}");
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var shapes = ShapeParser.For(compilation, options ?? ShapeOptions.Default);
        Shape shape = shapes.Parse(((IFieldSymbol)compilation.GetTypeByMetadataName("Roots")!.GetMembers("Value").Single()).Type);
        return (shape, shapes.TypesOf([shape]));
    }

    private static ImmutableArray<INamedTypeSymbol> Symbols(string source) =>
        TestCompilation.Create(source).Assembly.GlobalNamespace.GetTypeMembers();

    private static Assembly Load(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        return new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true).LoadFromStream(stream);
    }
}
