using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Shapes as JSON Schema (draft 7, which OpenRPC builds on).</summary>
internal sealed class SchemaEmitter(Description description)
{
    private static readonly JsonNode s_null = Type("null");

    private static readonly Dictionary<ShapeKind, JsonNode> s_scalars = new()
    {
        [ShapeKind.Unknown] = JsonNode.Object(),
        [ShapeKind.Boolean] = Type("boolean"),
        [ShapeKind.SByte] = Integer("-128", "127"),
        [ShapeKind.Byte] = Integer("0", "255"),
        [ShapeKind.Int16] = Integer("-32768", "32767"),
        [ShapeKind.UInt16] = Integer("0", "65535"),
        [ShapeKind.Int32] = Integer("-2147483648", "2147483647"),
        [ShapeKind.UInt32] = Integer("0", "4294967295"),
        [ShapeKind.Int64] = Integer(null, null),
        [ShapeKind.UInt64] = Integer("0", null),
        [ShapeKind.Integer] = Integer(null, null),
        [ShapeKind.Float] = Type("number"),
        [ShapeKind.Decimal] = Type("number"),
        [ShapeKind.NumberText] = Type("string", ("pattern", "^-?[0-9.eE+-]+$")),
        [ShapeKind.NamedFloat] = AnyOf(
            [
                Type("number"),
                JsonNode.Object(("enum", JsonNode.Array(
                    [JsonNode.String("NaN"), JsonNode.String("Infinity"), JsonNode.String("-Infinity")]))),
            ]),
        [ShapeKind.Text] = Type("string"),
        [ShapeKind.Character] = JsonNode.Object(
            ("type", JsonNode.String("string")), ("minLength", JsonNode.Literal("1")), ("maxLength", JsonNode.Literal("1"))),
        [ShapeKind.Guid] = Type("string", ("format", "uuid")),
        [ShapeKind.DateTime] = Type("string", ("format", "date-time")),
        [ShapeKind.Date] = Type("string", ("format", "date")),
        [ShapeKind.Time] = Type("string", ("pattern", @"^\d{2}:\d{2}:\d{2}(\.\d{1,7})?$")),
        [ShapeKind.Duration] = Type("string", ("pattern", @"^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$")),
        [ShapeKind.Uri] = Type("string", ("format", "uri-reference")),
        [ShapeKind.Base64] = Type("string", ("contentEncoding", "base64")),
        [ShapeKind.AnyObject] = Type("object"),
    };

    // A cache: many methods share few shapes.
    private readonly Dictionary<Shape, JsonNode> _schemas = [];

    /// <summary>The schema of a value in the name of a topic.</summary>
    public static JsonNode Of(TopicValueKind kind) => s_scalars[kind switch
    {
        TopicValueKind.Int32 => ShapeKind.Int32,
        TopicValueKind.Int64 => ShapeKind.Int64,
        TopicValueKind.Guid => ShapeKind.Guid,
        _ => ShapeKind.Text,
    }];

    public JsonNode Schema(Shape shape)
    {
        if (_schemas.TryGetValue(shape, out JsonNode? known)) return known;
        JsonNode schema = NotNull(shape);
        if (shape.IsNullable && shape.Kind != ShapeKind.Unknown) schema = AnyOf([schema, s_null]);
        _schemas.Add(shape, schema);
        return schema;
    }

    public JsonNode Schema(TypeShape type)
    {
        if (type.Enum is { } members) return Enum(type, members);
        ObjectShape shape = type.Object!;
        if (shape.Derived.Count == 0) return Object(type, type.Summary);
        List<JsonNode> choices = [.. shape.Derived.Select(derived => Choice(type, shape, derived))];
        if (!shape.IsAbstract && shape.Derived.All(derived => derived.Shape.TypeId != type.Id)) choices.Add(Object(type, null));
        return JsonNode.Object(("description", Text(type.Summary)), ("anyOf", JsonNode.Array(choices)));
    }

    private JsonNode Object(TypeShape type, string? summary)
    {
        Member[] members = [.. description.MembersOf(type)];
        JsonNode[] required =
            [.. members.Where(static member => !member.IsOptional).Select(static member => JsonNode.String(member.Property.Name))];
        return JsonNode.Object(
            ("description", Text(summary)),
            ("type", JsonNode.String("object")),
            ("properties", JsonNode.Object(members.Select(member => (member.Property.Name, (JsonNode?)Described(member.Property))))),
            ("required", required.Length == 0 ? null : JsonNode.Array(required)));
    }

    // In draft 7, siblings of a $ref are ignored.
    private JsonNode Described(PropertyShape property)
    {
        JsonNode schema = Schema(property.Shape);
        if (property.Summary is null) return schema;
        return property.Shape is { Kind: ShapeKind.Named, IsNullable: false }
            ? JsonNode.Object(("description", Text(property.Summary)), ("allOf", JsonNode.Array([schema])))
            : schema.With("description", JsonNode.String(property.Summary));
    }

    private JsonNode Choice(TypeShape type, ObjectShape shape, DerivedShape derived)
    {
        JsonNode members = derived.Shape.TypeId == type.Id ? Object(type, null) : NotNull(derived.Shape);
        if (derived.Discriminator is not { } value) return members;
        JsonNode mark = JsonNode.Object(
            ("type", JsonNode.String("object")),
            ("properties", JsonNode.Object((shape.Discriminator, JsonNode.Object(("const", JsonNode.Literal(value)))))),
            ("required", JsonNode.Array([JsonNode.String(shape.Discriminator)])));
        return JsonNode.Object(("allOf", JsonNode.Array([mark, members])));
    }

    private static JsonNode Enum(TypeShape type, EnumShape shape)
    {
        string json = shape.IsText ? "string" : "integer";
        // Combined flags are not in the list of members, so any value is allowed.
        if (shape.IsFlags || shape.Members.Count == 0)
        {
            return JsonNode.Object(("description", Text(type.Summary)), ("type", JsonNode.String(json)));
        }

        IEnumerable<JsonNode> values = shape.Members
            .GroupBy(member => shape.IsText ? JsonText.String(member.Text) : member.Number, StringComparer.Ordinal)
            .Select(group => JsonNode.Object(
                ("const", JsonNode.Literal(group.Key)),
                ("title", shape.IsText ? null : JsonNode.String(group.First().Name)),
                ("description", Text(group.First().Summary))));
        return JsonNode.Object(("description", Text(type.Summary)), ("type", JsonNode.String(json)), ("oneOf", JsonNode.Array(values)));
    }

    private JsonNode NotNull(Shape shape) => shape.Kind switch
    {
        ShapeKind.Array => JsonNode.Object(("type", JsonNode.String("array")), ("items", Schema(shape.Element!))),
        ShapeKind.Dictionary => JsonNode.Object(("type", JsonNode.String("object")), ("additionalProperties", Schema(shape.Element!))),
        ShapeKind.Named => JsonNode.Object(
            ("$ref", JsonNode.String("#/components/schemas/" + Uri.EscapeDataString(description.NameOf(shape.TypeId!))))),
        _ => s_scalars[shape.Kind],
    };

    private static JsonNode Type(string name, params (string Name, string Value)[] more) =>
        JsonNode.Object(more
            .Select(static one => (one.Name, (JsonNode?)JsonNode.String(one.Value)))
            .Prepend(("type", JsonNode.String(name))));

    private static JsonNode Integer(string? minimum, string? maximum) => JsonNode.Object(
        ("type", JsonNode.String("integer")),
        ("minimum", minimum is null ? null : JsonNode.Literal(minimum)),
        ("maximum", maximum is null ? null : JsonNode.Literal(maximum)));

    private static JsonNode AnyOf(IEnumerable<JsonNode> choices) => JsonNode.Object(("anyOf", JsonNode.Array(choices)));

    private static JsonNode? Text(string? text) => text is null ? null : JsonNode.String(text);
}
