using System.Text.Json;
using Gamification.Members;
using Gamification.Programmes;

namespace Gamification.Api;

/// <summary>What tills call: post one receipt, or ask what it would earn.</summary>
internal sealed class ReceiptEndpoints(ReceiptDesk desk, ProgrammeDirectory programmes, Cards cards, IGrainFactory grains, ReceivingTime time)
{
    public const int BodyMax = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<ReceiptEndpoints>(routes.ServiceProvider);
        // Nothing that stands between routing and a receipt concerns it: no static file has its name, and the door asks who is there.
        routes.MapPost("/v1/receipts", door.For(Operation.PostReceipts, Lane.Tills, endpoints.Post)).WithMetadata(ReceiptDocs.Post).ShortCircuit();
        routes.MapPost("/v1/receipts/preview", door.For(Operation.PreviewReceipts, Lane.Tills, endpoints.Preview)).WithMetadata(ReceiptDocs.Preview);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var body = await Body.Read(context.Request, BodyMax);
        if (body.Problem is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var programme = await programmes.Of(caller);
        var receivedAt = await time.Of(programme);
        var parsed = ParsedReceipt.Read(body.Bytes, caller, programme, receivedAt);
        var answer = await desk.Post(new(caller, programme, parsed, body.Bytes, receivedAt));
        LineAnswer.Answer(context, answer);
    }

    private async ValueTask Preview(HttpContext context, Caller caller)
    {
        using var body = await Body.Read(context.Request, BodyMax);
        var programme = await programmes.Of(caller);
        var receivedAt = await time.Of(programme);
        var parsed = body.Problem is null ? ParsedReceipt.Read(body.Bytes, caller, programme, receivedAt) : null;
        if ((body.Problem ?? parsed!.Problem) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var preview = await Preview(caller.Programme, parsed!, receivedAt);
        if (preview.Refusal is { } refusal) ProblemJson.Answer(context, new(ProblemKind.RefusedReceipt, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
        else JsonAnswer.Write(context, StatusCodes.Status200OK, (preview, programme), static (writer, answer) => Write(writer, answer.preview, answer.programme));
    }

    /// <summary>Asking admits nobody: a card that is unknown earns what somebody without any past would.</summary>
    private async ValueTask<ReceiptPreview> Preview(string programme, ParsedReceipt parsed, DateTimeOffset receivedAt) =>
        parsed.Card is { } card && await cards.Find(programme, card) is { } holder
            ? await grains.GetGrain<IMemberGrain>(ActorKeys.Member(programme, holder.Member)).Preview(parsed.Receipt!, receivedAt)
            : await grains.GetGrain<IProgrammeGrain>(programme).Preview(parsed.Receipt!, receivedAt);

    internal static void Write(Utf8JsonWriter writer, ReceiptPreview preview, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteNumber("points"u8, preview.Points);
        writer.WriteNumber("netSpend"u8, programme.InUnits(preview.NetSpend));
        writer.WriteStartArray("pointsByLine"u8);
        foreach (var points in preview.PointsByLine) writer.WriteNumberValue(points);
        writer.WriteEndArray();
        writer.WriteNumber("multiplier"u8, preview.Multiplier);
        LedgerJson.WriteWhy(writer, preview.Why);
        writer.WriteEndObject();
    }
}
