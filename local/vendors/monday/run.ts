/** Runs a GraphQL document: read, held against the schema, priced, and executed with what of it succeeds. */
import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { costOf } from './complexity';
import { refuse, refuseCall } from './errors';
import { MAX_POINTS_OF_ONE, pointsLeft, secondsToReset, takePoints } from './limits';
import { QUERIES } from './reads';
import { schema } from './schema';
import type { Context, MondayState, User } from './state';
import { MUTATIONS } from './writes';

type Fields = Readonly<Record<string, unknown>>;

export interface Call {
  readonly query: string;
  readonly variables: Fields;
  readonly operationName: string | undefined;
}

/** Data, and the errors of the fields that failed. A document that cannot be run at all is refused with 400. */
export function run(state: MondayState, call: Call, user: User, version: string, nowMs: number): Fields {
  const document = documentOf(call.query);
  const operation = getOperationAST(document, call.operationName);
  if (!operation) return refuseCall(400, 'OPERATION_RESOLUTION_FAILURE', 'The operation to run is not clear');
  const query = costOf(document, operation, call.variables);
  const cost = { query, before: pointsLeft(state), resetSeconds: secondsToReset(state, nowMs) };
  if (query > MAX_POINTS_OF_ONE) return { data: null, errors: [tooHeavy(query)] };
  takePoints(state, query, nowMs);
  return executed(document, operation, call, { state, user, nowMs, version, cost });
}

function documentOf(text: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return refuseCall(400, 'GRAPHQL_PARSE_FAILED', error.message);
  }
  const [first] = validate(schema, document);
  if (first) return refuseCall(400, 'GRAPHQL_VALIDATION_FAILED', first.message);
  return document;
}

function tooHeavy(points: number): Fields {
  try {
    const why = `Query has complexity of ${points}, which exceeds max complexity of ${MAX_POINTS_OF_ONE}`;
    return refuse('ComplexityException', why);
  } catch (error) {
    return (error as GraphQLError).toJSON() as unknown as Fields;
  }
}

function executed(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { variables, operationName }: Call,
  contextValue: Context,
): Fields {
  const rootValue = operation.operation === 'mutation' ? MUTATIONS : QUERIES;
  const { data, errors } = executeSync({
    ...{ schema, document, rootValue, contextValue, variableValues: variables },
    ...(operationName === undefined ? {} : { operationName }),
  });
  // Without data nothing was executed: a variable is missing or of another type.
  if (errors && data === undefined) return refuseCall(400, 'BAD_USER_INPUT', errors[0]!.message);
  const bug = errors?.find(({ originalError }) => originalError && !(originalError instanceof GraphQLError));
  if (bug) throw bug.originalError;
  return { data, ...(errors ? { errors: errors.map((error) => error.toJSON()) } : {}) };
}
