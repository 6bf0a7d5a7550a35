// Checks in TypeScript that a rule cannot express, with an error for the field
/// <reference path="../pb_data/types.d.ts" />

const problemOf = (text: string): string | null => (text.trim().length >= 3 ? null : "Too short.")

// Name your collections behind the handlers to limit them: }, "posts")
function check(e: any): void {
  if (!e.collection.schema.getFieldByName("title")) return
  const problem = problemOf(e.record.getString("title"))
  if (problem) throw new BadRequestError("Invalid data.", { title: new ValidationError("too_short", problem) })
}

onRecordBeforeCreateRequest((e) => check(e))
onRecordBeforeUpdateRequest((e) => check(e))
