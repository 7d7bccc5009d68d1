using System.Collections.Immutable;

namespace Gamification.Api;

/// <summary>
/// What an operation promises, beside its code. The OpenAPI document is made of these, and a test sends every request example and compares every
/// answer, so that none of it can drift.
/// </summary>
public sealed record OperationDoc(string Id, string Tag, string Summary, string Description)
{
    /// <summary>Null for a call without a body.</summary>
    public string? Request { get; init; }

    public string RequestType { get; init; } = "application/json";

    /// <summary>The status and body of a call that goes well.</summary>
    public required ExampleAnswer Answer { get; init; }

    public ImmutableArray<ParameterDoc> Parameters { get; init; } = [];

    /// <summary>What else may be answered; 401, 429, 500 and 503 go without saying for calls with a key.</summary>
    public ImmutableArray<ProblemKind> Problems { get; init; } = [];

    /// <summary>Who may call it; null for anybody.</summary>
    public Operation? Permission { get; init; }
}

public sealed record ExampleAnswer(int Status, string Description, string? Body = null, string Type = "application/json");

/// <summary>A parameter of the path unless <see cref="InQuery"/> or <see cref="InHeader"/>.</summary>
public sealed record ParameterDoc(string Name, string Description, string Example)
{
    public bool InQuery { get; init; }

    public bool InHeader { get; init; }
}
