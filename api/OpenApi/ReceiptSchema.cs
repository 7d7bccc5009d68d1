using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Gamification.Api;

/// <summary>A receipt's fields with their bounds, as the parser holds them.</summary>
internal static class ReceiptSchema
{
    public static OpenApiSchema Build() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "store", "till", "businessDate", "number", "currency", "total", "lines" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Choice("What happened: goods sold, goods or money back, or a whole receipt undone on its own day.", "sale", "return", "void"),
            ["store"] = Text("The store's id; the key's own store. No '/' or '|'.", 16),
            ["till"] = Text("The till within the store. No '/' or '|'.", 16),
            ["businessDate"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", Description = "The till's own business date, within 7 days of occurredAt." },
            ["number"] = Text("The receipt's number, unique for the till and date.", 64),
            ["occurredAt"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "With its offset. Left out, or more than 5 minutes ahead: the time of receipt is taken, and a flag says so." },
            ["card"] = Text("The member's card, when one was shown.", 64),
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$", Description = "ISO 4217; the programme's currency." },
            ["total"] = Money("The sum of the lines' amounts; negative for most returns."),
            ["paidWithPoints"] = Money("The part of the total paid with points."),
            ["paidWithVouchers"] = Money("The part of the total paid with gift vouchers."),
            ["original"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The receipt that a return or void undoes.",
                Required = new HashSet<string>(StringComparer.Ordinal) { "store", "till", "businessDate", "number" },
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["store"] = Text("Its store.", 16),
                    ["till"] = Text("Its till.", 16),
                    ["businessDate"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", Description = "Its business date." },
                    ["number"] = Text("Its number.", 64),
                },
            },
            ["lines"] = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = StatedReceipt.LinesMax, Items = Line(), Description = "At least one; only a void may have none." },
        },
    };

    private static OpenApiSchema Line() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "sku", "quantity", "amount" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["sku"] = Text("The stock code.", 64),
            ["quantity"] = new OpenApiSchema { Type = JsonSchemaType.Number, Description = "Up to 6 decimals; negative when goods come back." },
            ["unitPrice"] = new OpenApiSchema { Type = JsonSchemaType.Number, Description = "Up to 6 decimals. When quantity × unitPrice is not the amount, the answer has a warning." },
            ["amount"] = Money("What the line adds to the total."),
            ["kind"] = Choice("What it is; which kinds earn is the programme's choice. A product unless stated.", "product", "deposit", "voucher", "service"),
            ["vat"] = Money("The tax within the amount."),
        },
    };

    private static OpenApiSchema Text(string description, int max) => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = max, Description = description };

    private static OpenApiSchema Money(string description) =>
        new() { Type = JsonSchemaType.Number, Description = $"{description} In units of the currency, with at most its decimals." };

    private static OpenApiSchema Choice(string description, params string[] choices) =>
        new() { Type = JsonSchemaType.String, Description = description, Enum = [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice))] };
}
