import protobuf from 'protobufjs'

/**
 * The part of gtfs-realtime.proto (version 2) that we read, written down here: a schema is never taken from upstream. Field
 * numbers are the specification's. `VehicleDescriptor.license_plate` (3) is left out on purpose: a number plate is personal
 * data, so it is not even decoded.
 */
const messages = {
  FeedHeader: {
    fields: {
      version: { rule: 'required', type: 'string', id: 1 },
      incrementality: { type: 'Incrementality', id: 2 },
      timestamp: { type: 'uint64', id: 3 },
    },
    nested: { Incrementality: { values: { FULL_DATASET: 0, DIFFERENTIAL: 1 } } },
  },
  FeedEntity: {
    fields: {
      id: { rule: 'required', type: 'string', id: 1 },
      isDeleted: { type: 'bool', id: 2 },
      tripUpdate: { type: 'TripUpdate', id: 3 },
      vehicle: { type: 'VehiclePosition', id: 4 },
      alert: { type: 'Alert', id: 5 },
    },
  },
  VehiclePosition: {
    fields: {
      trip: { type: 'TripDescriptor', id: 1 },
      position: { type: 'Position', id: 2 },
      currentStopSequence: { type: 'uint32', id: 3 },
      currentStatus: { type: 'VehicleStopStatus', id: 4 },
      timestamp: { type: 'uint64', id: 5 },
      stopId: { type: 'string', id: 7 },
      vehicle: { type: 'VehicleDescriptor', id: 8 },
      occupancyStatus: { type: 'OccupancyStatus', id: 9 },
    },
    nested: {
      VehicleStopStatus: { values: { INCOMING_AT: 0, STOPPED_AT: 1, IN_TRANSIT_TO: 2 } },
      OccupancyStatus: {
        values: {
          EMPTY: 0,
          MANY_SEATS_AVAILABLE: 1,
          FEW_SEATS_AVAILABLE: 2,
          STANDING_ROOM_ONLY: 3,
          CRUSHED_STANDING_ROOM_ONLY: 4,
          FULL: 5,
          NOT_ACCEPTING_PASSENGERS: 6,
          NO_DATA_AVAILABLE: 7,
          NOT_BOARDABLE: 8,
        },
      },
    },
  },
  Position: {
    fields: {
      latitude: { rule: 'required', type: 'float', id: 1 },
      longitude: { rule: 'required', type: 'float', id: 2 },
      bearing: { type: 'float', id: 3 },
      speed: { type: 'float', id: 5 },
    },
  },
  TripDescriptor: {
    fields: {
      tripId: { type: 'string', id: 1 },
      startTime: { type: 'string', id: 2 },
      startDate: { type: 'string', id: 3 },
      scheduleRelationship: { type: 'ScheduleRelationship', id: 4 },
      routeId: { type: 'string', id: 5 },
      directionId: { type: 'uint32', id: 6 },
    },
    nested: {
      ScheduleRelationship: {
        values: {
          SCHEDULED: 0,
          ADDED: 1,
          UNSCHEDULED: 2,
          CANCELED: 3,
          REPLACEMENT: 5,
          DUPLICATED: 6,
          DELETED: 7,
          NEW: 8,
        },
      },
    },
  },
  VehicleDescriptor: {
    fields: { id: { type: 'string', id: 1 }, label: { type: 'string', id: 2 } },
  },
  TripUpdate: {
    fields: {
      trip: { rule: 'required', type: 'TripDescriptor', id: 1 },
      stopTimeUpdate: { rule: 'repeated', type: 'StopTimeUpdate', id: 2 },
      vehicle: { type: 'VehicleDescriptor', id: 3 },
      timestamp: { type: 'uint64', id: 4 },
      delay: { type: 'int32', id: 5 },
    },
    nested: {
      StopTimeEvent: { fields: { delay: { type: 'int32', id: 1 }, time: { type: 'int64', id: 2 } } },
      StopTimeUpdate: {
        fields: {
          stopSequence: { type: 'uint32', id: 1 },
          arrival: { type: 'StopTimeEvent', id: 2 },
          departure: { type: 'StopTimeEvent', id: 3 },
          stopId: { type: 'string', id: 4 },
          scheduleRelationship: { type: 'StopRelationship', id: 5 },
        },
      },
      StopRelationship: { values: { SCHEDULED: 0, SKIPPED: 1, NO_DATA: 2, UNSCHEDULED: 3 } },
    },
  },
  Alert: {
    fields: {
      activePeriod: { rule: 'repeated', type: 'TimeRange', id: 1 },
      informedEntity: { rule: 'repeated', type: 'EntitySelector', id: 5 },
      cause: { type: 'Cause', id: 6 },
      effect: { type: 'Effect', id: 7 },
      url: { type: 'TranslatedString', id: 8 },
      headerText: { type: 'TranslatedString', id: 10 },
      descriptionText: { type: 'TranslatedString', id: 11 },
      severityLevel: { type: 'SeverityLevel', id: 14 },
    },
    nested: {
      TimeRange: { fields: { start: { type: 'uint64', id: 1 }, end: { type: 'uint64', id: 2 } } },
      EntitySelector: {
        fields: {
          agencyId: { type: 'string', id: 1 },
          routeId: { type: 'string', id: 2 },
          trip: { type: 'TripDescriptor', id: 4 },
          stopId: { type: 'string', id: 5 },
        },
      },
      TranslatedString: {
        fields: { translation: { rule: 'repeated', type: 'Translation', id: 1 } },
        nested: {
          Translation: {
            fields: { text: { rule: 'required', type: 'string', id: 1 }, language: { type: 'string', id: 2 } },
          },
        },
      },
      Cause: {
        values: {
          UNKNOWN_CAUSE: 1,
          OTHER_CAUSE: 2,
          TECHNICAL_PROBLEM: 3,
          STRIKE: 4,
          DEMONSTRATION: 5,
          ACCIDENT: 6,
          HOLIDAY: 7,
          WEATHER: 8,
          MAINTENANCE: 9,
          CONSTRUCTION: 10,
          POLICE_ACTIVITY: 11,
          MEDICAL_EMERGENCY: 12,
        },
      },
      Effect: {
        values: {
          NO_SERVICE: 1,
          REDUCED_SERVICE: 2,
          SIGNIFICANT_DELAYS: 3,
          DETOUR: 4,
          ADDITIONAL_SERVICE: 5,
          MODIFIED_SERVICE: 6,
          OTHER_EFFECT: 7,
          UNKNOWN_EFFECT: 8,
          STOP_MOVED: 9,
          NO_EFFECT: 10,
          ACCESSIBILITY_ISSUE: 11,
        },
      },
      SeverityLevel: { values: { UNKNOWN_SEVERITY: 1, INFO: 2, WARNING: 3, SEVERE: 4 } },
    },
  },
}

/**
 * protobufjs takes a JSON schema that does not name an edition for proto3, where a zero cannot be told from an absent field.
 * proto2 does not check text by itself; invalid UTF-8 would become U+FFFD in silence.
 */
const edition = { edition: 'proto2', options: { features: { utf8_validation: 'VERIFY' } } }
const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, { ...edition, ...message }])),
})

export const feedHeaderType = root.lookupType('FeedHeader')
export const feedEntityType = root.lookupType('FeedEntity')
